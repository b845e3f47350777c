extension String {
    /// The text in lines of at most `width` characters behind `indent`, broken between words; its own lines are kept,
    /// and a word that is longer stands whole.
    package func wrapped(to width: Int, indent: String) -> [String] {
        split(whereSeparator: \.isNewline).flatMap { line -> [String] in
            var lines: [String] = []
            // What a line is set in by stays, also of the lines it is broken into.
            let inset = indent + line.prefix { $0 == " " }
            var current = ""
            for word in line.split(separator: " ") {
                if current.isEmpty {
                    current = inset + word
                } else if current.count + 1 + word.count <= width {
                    current += " " + word
                } else {
                    lines.append(current)
                    current = inset + word
                }
            }
            return current.isEmpty ? lines : lines + [current]
        }
    }
}
