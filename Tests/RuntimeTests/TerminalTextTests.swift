import Runtime
import Testing

/// Text for terminals and shells.
@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("reports/2018-12-31", "reports/2018-12-31"), ("a@b:c=d+e,f%_.-", "a@b:c=d+e,f%_.-"), ("", "''"),
        ("two words", "'two words'"), ("it's", #"'it'\''s'"#), ("$(rm -rf x)", "'$(rm -rf x)'"), ("a\nb", "'a\nb'"),
        ("~", "'~'"), ("é", "'é'"),
    ])
    func `a word that is printed can be copied into a shell`(text: String, word: String) {
        #expect(text.shellWord == word)
    }

    @Test func `control characters and marks of direction are written out`() {
        #expect("a\u{1B}[2Jb\u{7F}\u{9B}".printable == "a\\u{1B}[2Jb\\u{7F}\\u{9B}")
        #expect("\u{202E}abc\u{2066}".printable == "\\u{202E}abc\\u{2066}")
        #expect("line\nnext\ttab\r".printable == "line\nnext\\u{9}tab\\u{D}")
        #expect("Zürich 東京 €".printable == "Zürich 東京 €")
        #expect("a\nb".onOneLine == "a\\u{A}b")
    }

    @Test func `lines are broken between words and keep what they are set in by`() {
        #expect("one two three four".wrapped(to: 9, indent: "") == ["one two", "three", "four"])
        #expect("  one two\nthree".wrapped(to: 8, indent: "> ") == [">   one", ">   two", "> three"])
        #expect("incomprehensible".wrapped(to: 5, indent: "") == ["incomprehensible"])
        #expect("".wrapped(to: 5, indent: "> ") == [])
    }

    @Test func `a count agrees with its noun`() {
        #expect([0, 1, 2].map { plural($0, "file") } == ["0 files", "1 file", "2 files"])
    }
}
