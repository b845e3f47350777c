import Foundation
import Postgres
import Testing

/// What comes next works as printed: for the cycle it is about, on the server there is, for the row that is wrong.
@Suite struct HintTests {
    private static let day = "2018-12-31"

    /// Every command for a business date in a text, without what stands before and behind it on its line.
    private static func commands(_ text: String) -> [String] {
        text.matches(of: /margin[a-z-]* [a-z ]*?--business-date [^\n,;]*/).map { String($0.output) }
    }

    private static func run(_ command: String, on installation: Installation) throws -> Ended {
        let words = command.split(separator: " ").map(String.init)
        return try installation.start(words[0], Array(words.dropFirst())).wait()
    }

    @Test(arguments: ["EOD", "ITD"])
    func `a position of an account nobody opened is taken back by the command of the hint`(_ cycle: String) async throws
    {
        let installation = try await Installation.editing { house in
            let row = "2018-12-31,NOBODY,,CL-2019-02,3,0"
            try house.append("position", row)
        }
        if cycle == "ITD" {
            let rows = ["2018-12-31,ITD,ALPHA-HOUSE,,CL-2019-02,3,0", "2018-12-31,ITD,NOBODY,,CL-2019-02,0,3"]
            let file = try installation.write(
                "itd.csv", "business_date,cycle,account,owner,series,long_quantity,short_quantity", rows[0], rows[1])
            #expect(try installation.run("margin", "load", "position", file).code == 0)
        }
        let option = cycle == "ITD" ? " --cycle ITD" : ""
        let refused = try Self.run("margin run --business-date \(Self.day)\(option)", on: installation)
        #expect(refused.code == 65, "\(refused.errors)")
        let back =
            "margin correct position --business-date \(Self.day)\(option) --account NOBODY --series CL-2019-02 "
            + "--withdraw --reason R"
        #expect(refused.errors.contains("hint: take the row back: \(back)\n"), "\(refused.errors)")
        #expect(refused.errors.contains("or, if NOBODY is right, load it: margin load account FILE\n"))
        #expect(
            refused.errors.hasSuffix("then: margin run --business-date \(Self.day)\(option)\n"), "\(refused.errors)")
        let taken = try Self.run(back, on: installation)
        #expect(taken.code == 0, "\(taken.errors)")
        let plan = "margin plan --business-date \(Self.day)\(option)"
        #expect(taken.output.hasSuffix("next: \(plan)\n"), "\(taken.output)")
        #expect(try Self.run(plan, on: installation).code == 0)
        let again = try Self.run("margin run --business-date \(Self.day)\(option)", on: installation)
        #expect(!again.errors.contains("NOBODY"), "\(again.errors)")
        #expect(cycle == "ITD" || again.code == 0, "\(again.errors)")
        try await installation.close()
    }

    @Test func `every command that is named for an intraday run names its cycle`() async throws {
        let installation = try await Installation()
        let file = try installation.write(
            "itd.csv", "business_date,cycle,account,series,long_quantity,short_quantity",
            "2018-12-31,ITD,ALPHA-HOUSE,CL-2019-02,3,0")
        _ = try installation.run("margin", "load", "position", file)
        let itd = "--business-date \(Self.day) --cycle ITD"
        let lines = [
            "margin-risk-arrays \(itd)", "margin-report \(itd)", "margin run \(itd)", "margin-offsets \(itd)",
            "margin plan \(itd)", "margin publish \(itd)", "margin rerun \(itd) --reason R",
            "margin rerun \(itd) --from calls --reason R", "margin verify \(itd)", "margin show \(itd)",
            "margin explain ALPHA-HOUSE \(itd)", "margin diff \(itd) --runs 1,2",
            "margin status --business-date \(Self.day)",
            "margin correct position \(itd) --account ALPHA-HOUSE --series CL-2019-02 --long 4 --reason R",
        ]
        var found = 0
        for line in lines {
            let ended = try Self.run(line, on: installation)
            for command in Self.commands(ended.output + ended.errors)
            where !command.hasPrefix("margin status") && !ended.output.contains("next, EOD: no run yet\n  \(command)") {
                #expect(command.contains("--cycle ITD"), "\(line): \(command)")
                found += 1
            }
        }
        #expect(found > 8)
        try await installation.close()
    }

    @Test func `of a server that libpq's settings name one is told what is set and how to look`() async throws {
        let installation = try await Installation(house: nil, isMigrated: false)
        let ended = try installation.run(
            "margin", "run", "--business-date", Self.day,
            environment: ["PGHOST": installation.folder, "PGPORT": "5999", "PGPASSWORD": "secret"])
        #expect(ended.code == 69)
        #expect(ended.errors.contains("PGHOST=\(installation.folder), PGPORT=5999"), "\(ended.errors)")
        #expect(ended.errors.contains("psql --command 'select 1'"), "\(ended.errors)")
        for word in ["make db", "margin db start", "secret"] { #expect(!ended.errors.contains(word), "\(word)") }
        try await installation.close()
    }

    @Test func `what the system refuses is said in words, with a hint`() async throws {
        let installation = try await Installation()
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        for (words, says) in [
            ("archive --before \(Self.day) --to /nowhere/archive", "no such file or directory"),
            ("archive --restore /nowhere", "no such file or directory"),
            ("generate /proc/house", "no such file or directory"),
            ("case /nowhere", "neither a case nor a folder"),
        ] {
            let ended = try Self.run("margin \(words)", on: installation)
            #expect(ended.code == 73 || ended.code == 66, "\(words): \(ended.errors)")
            #expect(ended.errors.contains(says) && ended.errors.contains("\nhint: "), "\(words): \(ended.errors)")
            #expect(!ended.errors.contains(/error \d|Error Domain|Error\./), "\(words): \(ended.errors)")
        }
        try await installation.close()
    }

    @Test func `a run that the gates block today is verified with sentences`() async throws {
        let installation = try await Installation.editing { house in
            try house.replace("settlement_price", "2018-12-31,NG-2019-02,2.940", with: "2018-12-31,NG-2019-02,29.40")
            try house.write(
                "finding_waiver",
                """
                business_date,rule,table_name,row_key,column_name,value,reason,waived_by
                2018-12-31,slipped_price,settlement_price,"NG-2019-02, settlement",price,29.40,checked,operations

                """)
        }
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        // As if the rule had come with a later program: the run has no waiver that it would need today.
        try installation.connect().script(
            "set session_replication_role = replica; truncate margin.finding_waiver")
        let verified = try installation.run("margin", "verify", "--business-date", Self.day)
        #expect(verified.code == 65, "\(verified.errors)")
        #expect(
            verified.errors.contains(
                "error: 2018-12-31 EOD run 1 cannot be computed again: by the gates of this program, 1 finding blocks\n"
                    + "  settlement_price, NG-2019-02, settlement ("), "\(verified.errors)")
        #expect(verified.errors.contains("[slipped_price]\nhint: "), "\(verified.errors)")
        #expect(!verified.errors.contains(/BlockedInputs|FindingRow|Optional\(|\w+: \w+\(/), "\(verified.errors)")
        try await installation.close()
    }

    @Test func `show names the member a report is of, and prints it with the command of the hint`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", Self.day)
        let list = try installation.run("margin", "show", "--business-date", Self.day)
        let titles = list.output.split(separator: "\n").filter { $0.hasSuffix(":") }
        #expect(titles == ["the whole run:", "member ALPHA:", "member BETA:"], "\(list.output)")
        let nameless = try installation.run("margin", "show", "--business-date", Self.day, "--report", "margin-call")
        #expect(nameless.code == 66)
        #expect(nameless.errors.contains("margin-call is a report of each member, and no member is named\nhint: "))
        let command = try #require(Self.commands(nameless.errors).first)
        let printed = try Self.run(command, on: installation)
        #expect(printed.code == 0 && printed.output.contains("ALPHA-HOUSE"), "\(command): \(printed.errors)")
        let manifest = try installation.run("margin", "show", "--business-date", Self.day, "--report", "manifest")
        let json = try #require(Self.commands(manifest.errors).first)
        #expect(try Self.run(json, on: installation).code == 0, "\(manifest.errors)")
        try await installation.close()
    }
}
