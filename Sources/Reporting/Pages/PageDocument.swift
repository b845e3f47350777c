/// What every page begins with.
enum PageDocument {
    /// A whole page: its head, with the styles it has beside those of every page, and what `body` writes in the part
    /// that is as wide as a sheet.
    static func page(_ title: String, _ styles: [StaticString] = [], _ body: (inout HTMLWriter) -> Void) -> [UInt8] {
        var html = HTMLWriter()
        html.doctype()
        html.element("html", ["lang": "en"]) { html in
            writeHead(title, styles, to: &html)
            html.element("body") { html in html.element("main") { body(&$0) } }
        }
        html.newLine()
        return html.bytes
    }

    /// The head: nothing may be loaded, and style stands in the page itself.
    private static func writeHead(_ title: String, _ styles: [StaticString], to html: inout HTMLWriter) {
        html.element("head") { html in
            html.newLine()
            html.empty("meta", ["charset": "utf-8"])
            html.empty(
                "meta",
                [
                    "http-equiv": "Content-Security-Policy",
                    "content": "default-src 'none'; style-src 'unsafe-inline'",
                ])
            html.empty("meta", ["name": "viewport", "content": "width=device-width"])
            html.element("title", text: title)
            for rules in [rules] + styles { html.style(rules) }
        }
        html.newLine()
    }

    /// What the page is of, by name. Returns where the value named `Run` stands: nowhere if there is none.
    @discardableResult
    static func writeFacts(_ facts: [(name: String, value: String)], to html: inout HTMLWriter) -> Range<Int> {
        var runPart = 0..<0
        html.element("dl") { html in
            for (name, value) in facts {
                html.element("div") { html in
                    html.element("dt", text: name)
                    html.element("dd") { html in
                        let start = html.bytes.count
                        html.text(value)
                        if name == "Run" { runPart = start..<html.bytes.count }
                    }
                }
                html.newLine()
            }
        }
        return runPart
    }

    /// A sentence in a paragraph of its own.
    static func say(_ sentence: String, to html: inout HTMLWriter) {
        html.element("p", text: sentence)
        html.newLine()
    }
}
