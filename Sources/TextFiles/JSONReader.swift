/// Why bytes are no JSON.
package struct JSONFault: Error, Hashable, Sendable {
    /// The byte where it was seen, the first being 0.
    package let offset: Int
}

extension JSONValue {
    /// Reads one document: UTF-8 with or without a byte order mark, nothing behind the value but blanks.
    ///
    /// - Throws: `JSONFault` for anything else: also for an object that has two members of one name, for a surrogate
    ///   without its other half, and for values more than 512 deep.
    package init(_ bytes: [UInt8]) throws(JSONFault) {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONFault(offset: 0)
        }
        var reader = JSONReader(bytes)
        self = try reader.document()
    }
}

/// Reads a value from valid UTF-8, byte by byte.
private struct JSONReader {
    private static let deepest = 512
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    private var fault: JSONFault { JSONFault(offset: index) }
    /// The next byte; 0, which JSON has nowhere, at the end.
    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func document() throws(JSONFault) -> JSONValue {
        let value = try value(depth: 0)
        guard index == bytes.count else { throw fault }
        return value
    }

    private mutating func skipBlanks() {
        while [0x20, 0x0A, 0x0D, 0x09].contains(next) { index += 1 }
    }

    /// Takes `byte` if it is next.
    private mutating func takes(_ byte: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: byte) else { return false }
        index += 1
        return true
    }

    /// A value with the blanks around it.
    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= Self.deepest else { throw fault }
        skipBlanks()
        let value: JSONValue =
            switch next {
            case UInt8(ascii: "{"): try object(depth: depth)
            case UInt8(ascii: "["): try array(depth: depth)
            case UInt8(ascii: "\""): .text(try string())
            case UInt8(ascii: "t"): try word("true", .flag(true))
            case UInt8(ascii: "f"): try word("false", .flag(false))
            case UInt8(ascii: "n"): try word("null", .null)
            default: try number()
            }
        skipBlanks()
        return value
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        guard bytes[index...].starts(with: word.utf8) else { throw fault }
        index += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        index += 1
        skipBlanks()
        var members: [String: JSONValue] = [:]
        if takes("}") { return .object(members) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw fault }
            let key = try string()
            skipBlanks()
            guard takes(":") else { throw fault }
            guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else { throw fault }
        } while takes(",")
        guard takes("}") else { throw fault }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        index += 1
        skipBlanks()
        var values: [JSONValue] = []
        if takes("]") { return .array(values) }
        repeat { values.append(try value(depth: depth + 1)) } while takes(",")
        guard takes("]") else { throw fault }
        return .array(values)
    }

    private mutating func digits() throws(JSONFault) {
        let start = index
        while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { index += 1 }
        guard index > start else { throw fault }
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = index
        _ = takes("-")
        if !takes("0") { try digits() }
        if takes(".") { try digits() }
        if takes("e") || takes("E") {
            if !takes("+") { _ = takes("-") }
            try digits()
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    /// A string from its quote to behind its other one.
    private mutating func string() throws(JSONFault) -> String {
        index += 1
        var start = index
        var text = ""
        while true {
            switch next {
            case UInt8(ascii: "\""):
                text += String(decoding: bytes[start..<index], as: UTF8.self)
                index += 1
                return text
            case UInt8(ascii: "\\"):
                text += String(decoding: bytes[start..<index], as: UTF8.self)
                text.unicodeScalars.append(try escape())
                start = index
            case 0..<0x20: throw fault
            default: index += 1
            }
        }
    }

    /// The character that an escape stands for.
    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        index += 1
        let byte = next
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw fault
        }
        let unit = try unit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, takes("\\"), takes("u") else { throw fault }
        let low = try self.unit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { throw fault }
        return scalar
    }

    /// Four hexadecimal digits.
    private mutating func unit() throws(JSONFault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(next)).hexDigitValue else { throw fault }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }
}
