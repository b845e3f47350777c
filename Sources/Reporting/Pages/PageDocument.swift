/// What every page begins with.
enum PageDocument {
    /// The head: nothing may be loaded, and style stands in the page itself.
    static func writeHead(_ title: String, _ styles: [StaticString], to html: inout HTMLWriter) {
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
            for rules in styles { html.style(rules) }
        }
        html.newLine()
    }

    /// What the page is of, by name.
    static func writeFacts(_ facts: [(name: String, value: String)], to html: inout HTMLWriter) {
        html.element("dl") { html in
            for (name, value) in facts {
                html.element("div") { html in
                    html.element("dt", text: name)
                    html.element("dd", text: value)
                }
                html.newLine()
            }
        }
    }

    /// A sentence in a paragraph of its own.
    static func say(_ sentence: String, to html: inout HTMLWriter) {
        html.element("p", text: sentence)
        html.newLine()
    }
}
