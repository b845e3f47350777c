import Quantities
import TextFiles

/// HTML and the SVG in it, as bytes: elements are closed by whoever opens them, and every text and attribute is escaped
/// here and nowhere else.
///
/// Equal calls give equal bytes: no clock, no locale, no order of a hash. Amortised O(bytes).
package struct HTMLWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    /// Attributes in the order in which they are written.
    package typealias Attributes = KeyValuePairs<StaticString, AttributeValue>

    package init() {}

    /// What stands before everything else.
    package mutating func doctype() { bytes.append(contentsOf: "<!DOCTYPE html>\n".utf8) }

    /// An element with what `body` writes in it.
    package mutating func element(
        _ name: StaticString, _ attributes: Attributes = [:], _ body: (inout HTMLWriter) -> Void
    ) {
        start(name, attributes)
        body(&self)
        bytes.append(contentsOf: "</".utf8)
        append(name)
        bytes.append(UInt8(ascii: ">"))
    }

    /// An element with a text in it.
    package mutating func element(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
        element(name, attributes) { $0.text(text) }
    }

    /// An element that holds nothing: a void one of HTML, or one of SVG.
    package mutating func empty(_ name: StaticString, _ attributes: Attributes = [:]) {
        start(name, attributes)
        bytes.removeLast()
        bytes.append(contentsOf: "/>".utf8)
    }

    /// Text between tags.
    package mutating func text(_ text: String) { bytes.append(escaping: text) }

    /// A line break of the document, which shows nothing.
    package mutating func newLine() { bytes.append(0x0A) }

    /// The rules of a style sheet, which are the program's own and hold no text from outside.
    package mutating func style(_ rules: StaticString) {
        element("style") { $0.append(rules) }
    }

    private mutating func start(_ name: StaticString, _ attributes: Attributes) {
        bytes.append(UInt8(ascii: "<"))
        append(name)
        for (name, value) in attributes {
            bytes.append(UInt8(ascii: " "))
            append(name)
            bytes.append(contentsOf: "=\"".utf8)
            value.append(to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func append(_ literal: StaticString) { bytes.append(contentsOf: "\(literal)".utf8) }
}

/// What an attribute says.
package enum AttributeValue: Sendable, ExpressibleByStringLiteral {
    case text(String)
    /// A coordinate or length in pixels of CSS, rounded to 2 decimals.
    case pixels(Double)
    /// The corners of a shape, each rounded so.
    case corners([(x: Double, y: Double)])

    package init(stringLiteral value: String) { self = .text(value) }

    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): bytes.append(escaping: text)
        case .pixels(let value): bytes.append(pixels: value)
        case .corners(let corners):
            for (index, corner) in corners.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: " ")) }
                bytes.append(pixels: corner.x)
                bytes.append(UInt8(ascii: ","))
                bytes.append(pixels: corner.y)
            }
        }
    }
}

extension [UInt8] {
    /// A text so that HTML and SVG show it, in an element and in a quoted attribute: the five bytes that mean something
    /// there as references, control characters as the replacement character. O(length).
    package mutating func append(escaping text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): append(contentsOf: "&#39;".utf8)
            case 0x09, 0x0A: append(byte)
            case 0..<0x20, 0x7F: append(contentsOf: "\u{FFFD}".utf8)
            default: append(byte)
            }
        }
    }

    /// A coordinate rounded to 2 decimals, ties away from zero, without zeros that say nothing: `12.5`, `-0.25`, `7`.
    package mutating func append(pixels value: Double) {
        let hundredths = ExactDecimal(mantissa: Int128((value * 100).rounded()), scale: 2).withoutTrailingZeros
        append(unscaled: hundredths.mantissa, scale: hundredths.scale)
    }
}
