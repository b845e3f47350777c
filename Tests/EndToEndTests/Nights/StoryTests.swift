import Foundation
import TestSupport
import Testing

/// The runbook's transcript, executed: docs/operations.md, "A data fix at two in the morning".
@Suite struct StoryTests {
    @Test func `the runbook's data fix at two in the morning prints what the runbook says`() async throws {
        let transcript = try Transcript(section: "A data fix at two in the morning")
        #expect(transcript.steps.count == 9)
        let house = try EditedHouse()
        try house.replace("settlement_price", "2018-12-31,NG-2019-02,2.940", with: "2018-12-31,NG-2019-02,29.40")
        try house.write(
            "finding_waiver",
            """
            business_date,rule,table_name,row_key,column_name,value,reason,waived_by
            2018-12-31,slipped_price,settlement_price,"NG-2019-02, settlement",price,29.40,checked,operations

            """)
        let installation = try await Installation(house: house.folder)
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        for step in transcript.steps {
            let ended = try installation.start("margin", step.words).wait()
            #expect(ended.code == 0, "\(step.words): \(ended.errors)")
            let lines = ended.output.split(separator: "\n").map(String.init)
            #expect(lines.count == step.lines.count, "\(step.words): \(ended.output)")
            for (line, expected) in zip(lines, step.lines) {
                #expect(Transcript.matches(line, expected), "\(step.words)\n  prints   \(line)\n  expected \(expected)")
            }
        }
        try house.close()
        try await installation.close()
    }

    @Test func `a transcript's placeholders stand for what they name and for nothing else`() {
        #expect(Transcript.matches("done in 0.1 s, 38 MB", "done in <seconds> s, <megabytes> MB"))
        #expect(Transcript.matches("price v34 → v37", "price v<id> → v<id>"))
        #expect(!Transcript.matches("done in many s", "done in <seconds> s"))
        #expect(!Transcript.matches("call 3236000.00", "call 3236000.01"))
        #expect(!Transcript.matches("published yesterday", "published <time>"))
    }
}

/// Commands and what they print, out of a section of the runbook.
private struct Transcript {
    struct Step {
        let words: [String]
        var lines: [String] = []
    }

    private(set) var steps: [Step] = []

    init(section: String) throws {
        let text = try String(contentsOfFile: Checkout.root + "/docs/operations.md", encoding: .utf8)
        let start = try #require(text.range(of: "## \(section)\n"))
        let block = try #require(text[start.upperBound...].firstMatch(of: /```console\n([\s\S]*?)\n```/))
        for line in block.1.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("$ margin ") {
                steps.append(Step(words: Self.words(line.dropFirst("$ margin ".count))))
            } else {
                try #require(!steps.isEmpty)
                steps[steps.count - 1].lines.append(String(line))
            }
        }
    }

    /// Words of a command line, where double quotes hold some together.
    private static func words(_ line: Substring) -> [String] {
        line.matches(of: /"([^"]*)"|(\S+)/).map { String($0.1 ?? $0.2 ?? "") }
    }

    private static let placeholders = [
        ("<seconds>", #"\s*[0-9]+\.[0-9]+"#), ("<megabytes>", "[0-9]+"), ("<id>", "[0-9]+"), ("<login>", "[^ :]+"),
        ("<sha256>", "[0-9a-f]{64}"), ("<time>", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"),
    ]

    /// Whether a line is what the transcript has: equal but for its placeholders.
    static func matches(_ line: String, _ expected: String) -> Bool {
        var pattern = NSRegularExpression.escapedPattern(for: expected)
        for (name, form) in placeholders {
            pattern = pattern.replacing(NSRegularExpression.escapedPattern(for: name), with: form)
        }
        return line.range(of: "^\(pattern)$", options: .regularExpression) != nil
    }
}
