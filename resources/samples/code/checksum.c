/* CRC-32: a checksum that notices damaged files. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

static uint32_t table[256];

/* Fill the lookup table for the polynomial 0xEDB88320. */
static void make_table(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t value = byte;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        table[byte] = value;
    }
}

/* Compute the CRC-32 checksum of a block of memory; start with crc = 0. */
uint32_t crc32_update(uint32_t crc, const unsigned char *data, size_t length)
{
    if (table[1] == 0)
        make_table();
    crc = ~crc;
    for (size_t index = 0; index < length; index++)
        crc = table[(crc ^ data[index]) & 0xFF] ^ (crc >> 8);
    return ~crc;
}

/* Read a file in blocks and store its checksum in *crc. Returns 0, or -1 on an error. */
int crc32_of_file(const char *path, uint32_t *crc)
{
    unsigned char block[65536];
    size_t length;
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    *crc = 0;
    while ((length = fread(block, 1, sizeof block, file)) > 0)
        *crc = crc32_update(*crc, block, length);
    int failed = ferror(file);
    fclose(file);
    return failed ? -1 : 0;
}
