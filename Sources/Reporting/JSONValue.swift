/// A small JSON value for headers and the manifest: keys are written in the order of their bytes.
package indirect enum JSONValue: Sendable, Hashable {
    case null
    case flag(Bool)
    case integer(Int64)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Appends the value without spaces or line ends.
    func append(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: nullBytes)
        case .flag(let flag): output.append(contentsOf: flag ? trueBytes : falseBytes)
        case .integer(let value): output.append(unscaled: Int128(value), scale: 0)
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
