extension String {
    /// The text for a terminal: control characters but the line feed, and marks that turn the direction of writing,
    /// stand as `\\u{1B}`, so that no value of a file can move the cursor or hide what follows.
    package var printable: String {
        var printable = ""
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x0A: printable.unicodeScalars.append(scalar)
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069:
                printable += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: printable.unicodeScalars.append(scalar)
            }
        }
        return printable
    }

    /// The text with its line feeds as `\\u{A}`: a value within a line of a message.
    package var onOneLine: String { replacing("\n", with: "\\u{A}") }

    /// The first `count` characters, with an ellipsis where there are more.
    package func shortened(to count: Int) -> String {
        utf8.count <= count ? self : self.count <= count ? self : prefix(count) + "…"
    }
}
