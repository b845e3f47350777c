import Testing
import TextFiles

@Suite struct XMLTextTests {
    @Test func `writes elements, attributes and texts, each escaped byte by byte`() {
        var xml = XMLText()
        xml.element("Document", attributes: ["xmlns": "urn:a&\"b\"", "id": "<1>"]) { xml in
            xml.leaf("Nm", "A & B <'x'> \"y\"\t\n\r e\u{301}>\u{301}")
            xml.leaf("Amt", attributes: ["Ccy": "USD"], "1.00")
            xml.leafIfAny("None", nil)
            xml.leafIfAny("Some", "")
        }
        #expect(
            String(decoding: xml.bytes, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:a&amp;&quot;b&quot;" id="&lt;1&gt;">
                 <Nm>A &amp; B &lt;&apos;x&apos;&gt; &quot;y&quot;&#9;&#10;&#13; e\u{301}&gt;\u{301}</Nm>
                 <Amt Ccy="USD">1.00</Amt>
                 <Some></Some>
                </Document>

                """)
    }

    @Test(arguments: [
        ("plain", true), ("\t\n\r", true), ("\u{0}", false), ("\u{B}", false), ("\u{FFFE}", false),
        ("\u{FFFF}", false), ("\u{1FFFE}", false), ("\u{1F600}", true),
    ])
    func `holds no control characters`(_ text: String, _ canHold: Bool) { #expect(XMLText.canHold(text) == canHold) }
}
