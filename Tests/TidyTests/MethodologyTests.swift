import Testing

/// docs/methodology.md against the cases and the code it names.
@Suite struct MethodologyTests {
    /// The sections that compute or refuse something.
    static let computed = ["2", "3", "4", "5", "6", "7", "8", "9", "11", "14"]

    /// Section by section the text from one "## §" to the next.
    private static let sections: [String: Substring] = {
        let text = Repository.text("docs/methodology.md")
        return Dictionary(
            text.split(separator: "\n## §").dropFirst().map { (String($0.prefix { $0.isNumber }), $0) },
            uniquingKeysWith: { first, _ in first })
    }()

    /// The folders named after "Case:" or "Cases:".
    private static func cases(in section: Substring) -> [String] {
        section.matches(of: /Cases?:[^.]*/).flatMap { match in
            match.output.matches(of: /`([a-z0-9]+(?:-[a-z0-9]+)*)`/).map { String($0.output.1) }
        }.filter { $0 != "fixtures" }
    }

    @Test(arguments: computed) func `each section is shown by a case that exists`(number: String) throws {
        let section = try #require(Self.sections[number])
        let cases = Self.cases(in: section)
        #expect(!cases.isEmpty)
        #expect(Set(cases).subtracting(Repository.folders(in: "fixtures")) == [])
    }

    @Test(arguments: computed) func `each section is cited from the code`(number: String) {
        let citing = Repository.sources.filter { $0.text.contains("§\(number)") }
        #expect(!citing.isEmpty)
    }
}
