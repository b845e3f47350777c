/// Writes XML over bytes: elements with attributes, and texts; nothing else. Names are the caller's own and not looked
/// at; every text and attribute is escaped.
package struct XMLText {
    package private(set) var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    private var open: [String] = []

    package init() {}

    /// An element with elements in it.
    package mutating func element(
        _ name: String, attributes: KeyValuePairs<String, String> = [:], _ body: (inout XMLText) throws -> Void
    ) rethrows {
        indent()
        begin(name, attributes)
        append("\n")
        open.append(name)
        try body(&self)
        open.removeLast()
        indent()
        append("</\(name)>\n")
    }

    /// An element with a text.
    package mutating func leaf(_ name: String, attributes: KeyValuePairs<String, String> = [:], _ text: String) {
        indent()
        begin(name, attributes)
        appendEscaped(text)
        append("</\(name)>\n")
    }

    /// The same where there is a text.
    package mutating func leafIfAny(_ name: String, _ text: String?) {
        if let text { leaf(name, text) }
    }

    /// Whether XML 1.0 can hold a text: no control character but TAB, LF and CR, no U+FFFE and U+FFFF.
    package static func canHold(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 ? scalar.value & 0xFFFE != 0xFFFE : [0x09, 0x0A, 0x0D].contains(scalar.value)
        }
    }

    private mutating func indent() { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: open.count)) }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func begin(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        append("<\(name)")
        for (attribute, value) in attributes {
            append(" \(attribute)=\"")
            appendEscaped(value)
            append("\"")
        }
        append(">")
    }

    /// Byte by byte, so that a sign with a combining accent behind it is still escaped.
    private mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "\""): append("&quot;")
            case UInt8(ascii: "'"): append("&apos;")
            case 0x09: append("&#9;")
            case 0x0A: append("&#10;")
            case 0x0D: append("&#13;")
            default: bytes.append(byte)
            }
        }
    }
}
