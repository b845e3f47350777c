import Messages
import Testing

@Suite struct LegalEntityIdentifierTests {
    /// The first is that of the foundation that keeps the register (GLEIF).
    @Test(arguments: [
        ("506700GE1G29325QX363", true), ("506700GE1G29325QX364", false), ("506700EG1G29325QX363", false),
        ("506700GE1G29325QX36", false), ("506700ge1g29325qx363", false), ("506700GE1G29325QXA63", false),
        ("", false),
    ])
    func `has 20 signs and check digits`(_ text: String, _ isOne: Bool) {
        #expect((LegalEntityIdentifier(text) != nil) == isOne)
        if isOne { #expect(LegalEntityIdentifier(text)?.description == text) }
    }
}
