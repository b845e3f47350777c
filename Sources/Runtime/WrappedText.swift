import Foundation
import Glibc

/// How wide the lines are that a reader sees.
package enum ReaderWidth {
    /// Columns of the terminal behind a descriptor, or what COLUMNS says; nil for a file or pipe.
    package static func columns(_ descriptor: Int32) -> Int? {
        if let told = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }), told > 0 {
            return max(40, told)
        }
        var size = winsize()
        guard isatty(descriptor) == 1, unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return max(40, Int(size.ws_col))
    }

    /// Columns of standard output; 110 for a file or pipe.
    package static var output: Int { columns(STDOUT_FILENO) ?? 110 }
}

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

extension [String] {
    /// Lines as a reader sees them: one that is wider is broken between words, further in; one with a command to be
    /// copied stays whole. With nil every line stays as it is.
    package func folded(to width: Int?) -> [String] {
        guard let width else { return self }
        return flatMap { line -> [String] in
            if line.count <= width || line.contains(/(^|: )\s*(margin|margin-[a-z-]+) [a-z]/) { return [line] }
            let indent = String(line.prefix { $0 == " " })
            let first = line.dropFirst(indent.count)
            // The lines that follow are set in: the first is wrapped as narrow as they are.
            let parts = String(first).wrapped(to: width - 4, indent: indent)
            return parts.prefix(1) + parts.dropFirst().map { "    " + $0 }
        }
    }
}

extension String {
    /// The text with every line folded.
    package func folded(to width: Int?) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map(String.init).folded(to: width)
            .joined(separator: "\n")
    }
}
