import Foundation

/// How a line of CSV ends.
enum CSVLineEnd {
    case feed, carriageReturn, both

    /// Nil for a byte that ends no line; `rest` are the bytes behind it.
    init?(_ byte: UInt8, before rest: ArraySlice<UInt8>) {
        switch byte {
        case UInt8(ascii: "\n"): self = .feed
        case UInt8(ascii: "\r"): self = rest.first == UInt8(ascii: "\n") ? .both : .carriageReturn
        default: return nil
        }
    }
}

/// A CSV file's bytes, line by line, as far as they are not cut into cells yet.
struct CSVLines {
    private(set) var rest: ArraySlice<UInt8>
    /// Lines taken so far.
    private(set) var count = 0

    /// The bytes behind a byte order mark, if there is one.
    init(_ bytes: [UInt8]) { rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...] }

    /// The next line without its end; nil at the end of the file.
    var next: ArraySlice<UInt8>? {
        rest.isEmpty ? nil : rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    }

    /// Takes `line`, which is the next one, with its end.
    mutating func take(_ line: ArraySlice<UInt8>) {
        rest = rest.dropFirst(line.count)
        if let byte = rest.popFirst(), CSVLineEnd(byte, before: rest) == .both { rest.removeFirst() }
        count += 1
    }

    /// Whether a line above the header is a comment or has nothing in it: no CSV is read there.
    static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
        let plain = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
        return plain.isEmpty || plain.hasPrefix("#")
    }
}
