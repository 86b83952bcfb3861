#!/bin/sh
# Make a compressed backup of a folder, named by the date, and keep the newest seven.
set -eu

source_folder=${1:?usage: backup.sh FOLDER BACKUP_FOLDER}
backup_folder=${2:?usage: backup.sh FOLDER BACKUP_FOLDER}
keep=7

# Write the archive under a temporary name first, so that a broken one is never taken for good.
make_archive() {
    name=$(basename "$source_folder")-$(date +%Y-%m-%d-%H%M%S).tar.gz
    tar -czf "$backup_folder/.$name.part" -C "$(dirname "$source_folder")" "$(basename "$source_folder")"
    mv "$backup_folder/.$name.part" "$backup_folder/$name"
}

# Delete all but the newest archives.
remove_old_archives() {
    ls -1t "$backup_folder/$(basename "$source_folder")"-*.tar.gz | tail -n +$((keep + 1)) |
        while read -r old; do rm -- "$old"; done
}

mkdir -p "$backup_folder"
make_archive
remove_old_archives
