/// Strings as JSON has them, without Foundation and without a copy.
extension JSONText {
    /// A text in quotes.
    package static func append(_ text: String, to output: inout [UInt8]) {
        output.append(quote)
        appendEscaped(text.utf8Span.span, to: &output)
        output.append(quote)
    }

    /// The inside of a string: quote, backslash and control characters are escaped; so are U+2028 and U+2029, which
    /// end a line in older JavaScript, and U+FEFF, which some readers take for a mark and drop. Everything else stays
    /// as it is. The bytes must be valid UTF-8.
    package static func appendEscaped(_ text: Span<UInt8>, to output: inout [UInt8]) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == quote || byte == UInt8(ascii: "\\") {
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            } else if byte < 0x20 || byte == 0x7F {
                appendEscape(UInt16(byte), to: &output)
            } else if byte == 0xE2, index + 2 < text.count, text[index + 1] == 0x80, text[index + 2] & 0xFE == 0xA8 {
                appendEscape(0x2000 | UInt16(text[index + 2] & 0x3F), to: &output)
                index += 2
            } else if byte == 0xEF, index + 2 < text.count, text[index + 1] == 0xBB, text[index + 2] == 0xBF {
                appendEscape(0xFEFF, to: &output)
                index += 2
            } else {
                output.append(byte)
            }
            index += 1
        }
    }

    private static func appendEscape(_ unit: UInt16, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch unit {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        default:
            output.append(UInt8(ascii: "u"))
            var shift = 12
            while shift >= 0 {
                let nibble = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 15
                output.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
                shift -= 4
            }
        }
    }
}

private let quote = UInt8(ascii: "\"")
