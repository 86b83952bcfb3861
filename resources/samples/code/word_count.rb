# Counts words in a text.

# Return a hash of every word in lower case and how often it occurs.
def count_words(text)
  text.downcase.scan(/[[:alpha:]']+/).tally
end

# Print the most frequent words of a file, the commonest first.
def print_most_frequent(path, limit: 10)
  counts = count_words(File.read(path))
  counts.max_by(limit) { |_word, count| count }.each do |word, count|
    puts format("%6d  %s", count, word)
  end
end

print_most_frequent(ARGV[0]) if __FILE__ == $PROGRAM_NAME
