import Testing

/// The rules for Swift files, each held to every file.
struct SourceTests {
    @Test func `a file is at most 400 lines long`() { expectNone(Repository.swiftFiles.flatMap(SizeRules.fileIsShort)) }

    @Test func `a line is at most 120 columns wide`() { expectNone(Repository.swiftFiles.flatMap(SizeRules.linesFit)) }

    @Test func `a function is at most 100 lines long`() {
        expectNone(Repository.swiftFiles.flatMap(SizeRules.functionsAreShort))
    }

    @Test(arguments: TokenRules.banned.indices) func `banned tokens do not stand in the code`(_ index: Int) throws {
        let token = TokenRules.banned[index]
        let makefiles = Repository.files.filter { token.isRaw && $0.name == "Makefile" }
        expectNone(try (Repository.swiftFiles + makefiles).flatMap { try TokenRules.violations(token, $0) })
    }

    @Test func `what a module offers has a doc comment`() {
        expectNone(Repository.sources.flatMap(DocumentRules.isDocumented))
    }

    @Test func `every error says in words what is wrong`() {
        expectNone(TokenRules.undescribedErrors(Repository.sources))
    }

    @Test func `whatever is declared is named somewhere else`() {
        expectNone(DeadDeclarations.unused(in: Repository.sources))
    }

    @Test func `a type's name is taken once`() { expectNone(TypeNameRules.namesTakenTwice(Repository.sources)) }

    @Test func `a command has a file of its own, and options of many stand in Commands`() {
        let commands = Repository.sources.filter { $0.isBelow("Sources/margin", "Sources/Commands") }
        expectNone(commands.flatMap(CommandRules.oneCommandAFile))
        expectNone(CommandRules.optionsDeclaredOnce(commands))
    }

    @Test func `the name of a test is a sentence`() {
        expectNone(Repository.swiftFiles.flatMap(DocumentRules.testIsASentence))
    }
}
