/// A small strict reader of RFC 4180: every line ends in CRLF, every line has as many cells as the first, a quote
/// stands only around a cell or doubled inside one.
package enum StrictCSV {
    /// Where the text stops being RFC 4180.
    package struct Malformed: Error, Equatable {
        package let offset: Int
    }

    /// The cells line by line, the header first.
    package static func parse(_ bytes: [UInt8]) throws(Malformed) -> [[[UInt8]]] {
        var lines: [[[UInt8]]] = []
        var line: [[UInt8]] = []
        var position = 0
        while position < bytes.count {
            line.append(try cell(bytes, &position))
            guard position < bytes.count else { throw Malformed(offset: position) }
            if bytes[position] == UInt8(ascii: ",") {
                position += 1
                continue
            }
            guard position + 1 < bytes.count, bytes[position] == 0x0D, bytes[position + 1] == 0x0A,
                line.count == lines.first?.count ?? line.count
            else { throw Malformed(offset: position) }
            position += 2
            lines.append(line)
            line = []
        }
        return lines
    }

    /// The text that was written: one apostrophe less where a text was neutralised.
    package static func text(_ cell: [UInt8]) -> [UInt8] {
        let rest = cell.drop { $0 == UInt8(ascii: "'") }
        guard cell.first == UInt8(ascii: "'"), let first = rest.first else { return cell }
        let fullWidth: [[UInt8]] = [[0xEF, 0xBC, 0x8B], [0xEF, 0xBC, 0x8D], [0xEF, 0xBC, 0x9D], [0xEF, 0xBC, 0xA0]]
        let isNeutralised = Array("=+-@\t\r\n".utf8).contains(first) || fullWidth.contains(Array(rest.prefix(3)))
        return isNeutralised ? Array(cell.dropFirst()) : cell
    }

    private static func cell(_ bytes: [UInt8], _ position: inout Int) throws(Malformed) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        var cell: [UInt8] = []
        guard position < bytes.count, bytes[position] == quote else {
            while position < bytes.count, ![UInt8(ascii: ","), 0x0D].contains(bytes[position]) {
                guard bytes[position] != quote, bytes[position] != 0x0A else { throw Malformed(offset: position) }
                cell.append(bytes[position])
                position += 1
            }
            return cell
        }
        position += 1
        while position < bytes.count {
            if bytes[position] == quote {
                position += 1
                guard position < bytes.count, bytes[position] == quote else { return cell }
            }
            cell.append(bytes[position])
            position += 1
        }
        throw Malformed(offset: position)
    }
}
