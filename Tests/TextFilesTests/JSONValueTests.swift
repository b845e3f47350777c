import Foundation
import Testing
import TextFiles

@Suite struct `JSON values` {
    private func value(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8)) }

    private func text(_ value: JSONValue) -> String {
        var bytes: [UInt8] = []
        value.append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `come back as they were written, numbers digit by digit`() throws {
        let written =
            #"{"":{},"a":[1,-0.50,1e3,123456789012345678901234567890.10],"b":null,"#
            + #""c":[true,false,[]],"é":"\"\\\n\u2028"}"#
        let read = try value(" \n" + written.replacing(",", with: " ,\t") + "\r\n")
        #expect(text(read) == written)
        #expect(read["a"]?.list.map(\.integer) == [1, nil, nil, nil])
        #expect(read["a"]?.list[3] == .number("123456789012345678901234567890.10"))
        #expect(read["b"] == nil && read.members["b"] == .null)
    }

    @Test func `agree with Foundation about strings`() throws {
        let texts = ["", "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}", "\u{2028}\u{FEFF}\u{10FFFF}", "e\u{301}", "😀"]
        for text in texts {
            #expect(try JSONValue(Array(JSONEncoder().encode([text]))) == .array([.text(text)]))
            var bytes: [UInt8] = []
            JSONText.append(text, to: &bytes)
            #expect(try JSONDecoder().decode([String].self, from: Data("[".utf8 + bytes + "]".utf8)) == [text])
        }
        #expect(try value(#""\ud83d\ude00\u00E9\/""#) == .text("😀é/"))
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "01", "+1", ".5", "1.",
        "1e", "-", "NaN", "nul", "truely", "'a'", "\"a", "\"\n\"", #""\x""#, #""\u12""#, #""\ud83d""#, #""\ud83dx""#,
        #""\ud83d\u0041""#, #""\ude00""#, "1 2", "\u{FEFF}\u{FEFF}1", "[1]]", "\u{0}1",
    ])
    func `are nothing else`(_ text: String) {
        #expect(throws: JSONFault.self) { try value(text) }
    }

    @Test func `are refused where they are no UTF-8 or deeper than any document`() throws {
        #expect(throws: JSONFault.self) { _ = try JSONValue([0x22, 0xFF, 0x22]) }
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { _ = try value(nested(512)) }
        #expect(throws: JSONFault.self) { _ = try value(nested(100_000)) }
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-0.0e5", "0"), ("1.50", "1.5"), ("-12.00", "-12"), ("1e3", "1000"),
        ("1.25E-2", "0.0125"),
        ("12.5e1", "125"), ("0.001e2", "0.1"), ("100e-2", "1"), ("1e128", nil), ("1e99999999999999999999", nil),
        ("123456789012345678901234567890123456789012345.10", "123456789012345678901234567890123456789012345.1"),
        ("a", nil), ("", nil),
    ])
    func `have numbers of one plain spelling`(_ number: String, _ plain: String?) {
        #expect(JSONValue.plain(number: number) == plain)
    }

    @Test func `that are documents read back`() throws {
        struct Document: Codable, Equatable {
            let someKey: String
            let rows: [Int]
        }
        let document = Document(someKey: "a/b", rows: [1])
        #expect(try JSONText.line(document) == #"{"rows":[1],"some_key":"a/b"}"#)
        #expect(try JSONText.read(Document.self, from: Array(JSONText.document(document).utf8)) == document)
    }
}
