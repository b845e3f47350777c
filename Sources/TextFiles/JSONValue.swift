/// A JSON value (RFC 8259); numbers keep the text they were written in, so that nothing is lost.
package indirect enum JSONValue: Sendable, Hashable {
    case null
    case flag(Bool)
    /// A number as JSON spells it: `-1`, `0.25`, `1e3`. Equal numbers of another spelling are other values.
    case number(String)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// A whole number.
    package static func integer(_ value: Int64) -> JSONValue { .number(String(value)) }

    /// Appends the value without spaces or line ends, keys in the order of their bytes.
    package func append(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .flag(let flag): output.append(contentsOf: flag ? "true".utf8 : "false".utf8)
        case .number(let text): output.append(contentsOf: text.utf8)
        case .text(let text): JSONText.append(text, to: &output)
        case .array(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                value.append(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                JSONText.append(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.append(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }
}

extension JSONValue {
    /// A member of an object; nil where it is null or is not there.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// The elements of a list; none for anything else.
    package var list: [JSONValue] { if case .array(let values) = self { values } else { [] } }
    /// The members of an object; none for anything else.
    package var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
    /// The text of a string; nil for anything else.
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    /// A number without decimals and exponent that fits; nil for anything else.
    package var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }

    /// A number's text without exponent, without zeros that say nothing: `1.50` is `1.5`, `1e3` is `1000`, `-0` is `0`;
    /// nil for a text that is no number of JSON, and for an exponent beyond ±127.
    package static func plain(number text: String) -> String? {
        guard let found = text.wholeMatch(of: /(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?/) else { return nil }
        let (whole, decimals) = (Array(found.output.2.utf8), Array((found.output.3 ?? "").utf8))
        guard let exponent = Int(found.output.4 ?? "0"), abs(exponent) <= 127 else { return nil }
        let zero = UInt8(ascii: "0")
        var digits = whole + decimals
        var point = whole.count + exponent
        if point < 1 {
            digits = Array(repeating: zero, count: 1 - point) + digits
            point = 1
        }
        if digits.count < point { digits += Array(repeating: zero, count: point - digits.count) }
        let before = digits[..<point].drop { $0 == zero }
        let behind = digits[point...].reversed().drop { $0 == zero }.reversed()
        guard !before.isEmpty || !behind.isEmpty else { return "0" }
        let plain = String(decoding: before.isEmpty ? [zero] : Array(before), as: UTF8.self)
        return found.output.1 + plain + (behind.isEmpty ? "" : "." + String(decoding: behind, as: UTF8.self))
    }
}
