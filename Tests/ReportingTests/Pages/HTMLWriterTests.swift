import Quantities
import Reporting
import Testing

@Suite struct `An HTML writer` {
    private func written(_ body: (inout HTMLWriter) -> Void) -> String {
        var html = HTMLWriter()
        body(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    static let escapes: [(text: String, html: String)] = [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("a & b", "a &amp; b"),
        ("&amp;", "&amp;amp;"), ("\" onload=\"x", "&quot; onload=&quot;x"), ("it's", "it&#39;s"),
        ("]]> --> </style>", "]]&gt; --&gt; &lt;/style&gt;"),
        ("a\u{0}b\u{1B}\r\u{7F}", "a\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("tab\tline\n", "tab\tline\n"), ("é 日本 😀 \"\u{301}", "é 日本 😀 &quot;\u{301}"), ("", ""),
    ]

    @Test(arguments: escapes) func `escapes texts, in elements and in attributes`(_ row: (text: String, html: String)) {
        #expect(written { $0.element("p", text: row.text) } == "<p>\(row.html)</p>")
        #expect(written { $0.empty("rect", ["class": .text(row.text)]) } == "<rect class=\"\(row.html)\"/>")
    }

    @Test(arguments: `Hostile texts`.texts) func `never lets a text become a tag or end an attribute`(_ text: String) {
        let html = written { $0.element("p", ["class": .text(text)], text: text) }
        #expect(html.utf8.filter { $0 == UInt8(ascii: "<") }.count == 2)
        #expect(html.utf8.filter { $0 == UInt8(ascii: "\"") }.count == 2)
    }

    @Test func `closes elements in the reverse order, with attributes in theirs`() {
        let html = written { html in
            html.element("g", ["id": "a", "class": "b"]) { $0.element("text", ["x": .pixels(1)], text: "1") }
        }
        #expect(html == "<g id=\"a\" class=\"b\"><text x=\"1\">1</text></g>")
    }

    static let pixels: [(value: Double, text: String)] = [
        (0, "0"), (7, "7"), (12.5, "12.5"), (-0.25, "-0.25"), (0.005, "0.01"), (-0.001, "0"), (99.999, "100"),
        (1.0 / 3, "0.33"), (700, "700"),
    ]

    @Test(arguments: pixels) func `rounds pixels to two decimals`(_ row: (value: Double, text: String)) {
        #expect(written { $0.empty("rect", ["x": .pixels(row.value)]) } == "<rect x=\"\(row.text)\"/>")
    }

    @Test func `writes the corners of a shape`() {
        let html = written { $0.empty("polygon", ["points": .corners([(1, 2), (3.456, -4)])]) }
        #expect(html == "<polygon points=\"1,2 3.46,-4\"/>")
    }
}
