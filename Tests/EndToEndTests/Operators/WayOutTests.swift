import Foundation
import TestSupport
import Testing

/// What a command prints for a way on is one: the words fit the fault, and the commands can be given as they stand.
@Suite struct WayOutTests {
    static let day = "2018-12-31"

    @Test func `a call rule with more decimals than a call currency is refused at load by file, line and column`()
        async throws
    {
        let house = try EditedHouse()
        try house.replace("call_rule", "P2018,CLIENT,0,500,500", with: "P2018,CLIENT,1000.555,500,500")
        let installation = try await Installation(house: nil)
        let refused = try installation.run("margin", "load", house.folder)
        #expect(refused.code == 65)
        #expect(
            refused.errors.contains(
                "call_rule, CLIENT: threshold 1000.555 has more decimals than EUR, in which account BETA-CLIENT of the "
                    + "class is called: it has 2 (\(house.folder)/call_rule.csv, line 3)"), "\(refused.errors)")
        #expect(try installation.number("select count(*) from margin.rejected_row where source_line = 3") == 1)
        try house.close()
        try await installation.close()
    }

    @Test func `a call rule that an account's currency outgrows later stops the night, with a way out`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("call_rule", "P2018,HOUSE,5000,", with: "P2018,HOUSE,5000.5,")
        }
        let yen = try installation.write("yen.csv", "currency,minor_unit_decimals", "JPY,0")
        #expect(try installation.run("margin", "load", "currency", yen).code == 0)
        let moved = try installation.run(
            "margin", "correct", "row", "account", "account=ALPHA-HOUSE", "set", "call_currency=JPY", "--reason", "x",
            "--business-date", Self.day)
        #expect(moved.code == 0, "\(moved.errors)")
        #expect(moved.output.hasPrefix("business date \(Self.day)\n"), "\(moved.output)")
        #expect(moved.output.hasSuffix("next: margin plan --business-date \(Self.day)\n"), "\(moved.output)")
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 65)
        for said in [
            "call_rule.csv, line 2), threshold “5000.5”: account ALPHA-HOUSE of the class is called in JPY, which has 0 "
                + "decimals: no call in it can be made by this row of parameter set P2018 [call_rule_decimals]",
            "margin correct parameter call_rule --business-date \(Self.day) --until D account_class=HOUSE set threshold=N",
            "margin parameters export P2018 FOLDER --code P",
        ] { #expect(night.errors.contains(said), "\(said) in \(night.errors)") }
        try await installation.close()
    }

    @Test func `a mistyped account class names the account, its file and line, and both ways out`() async throws {
        let installation = try await Installation.editing {
            try $0.replace(
                "account", "BETA-SEG,BETA,client,segregated,CLIENT", with: "BETA-SEG,BETA,client,segregated,CLEINT")
        }
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 65)
        for said in [
            "account.csv, line 4), account_class “no row”: parameter set P2018 has no account_class row for CLEINT, the "
                + "class of account BETA-SEG",
            "margin correct row account account=A set account_class=C --reason R", "load a new parameter set",
        ] { #expect(night.errors.contains(said), "\(said) in \(night.errors)") }
        try await installation.close()
    }

    @Test func `a margin row of a commodity that is not there is named where one is missing`() async throws {
        let house = FileManager.default.temporaryDirectory.path + "/house-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: Checkout.root + "/fixtures/single-future/input", toPath: house)
        let margins = house + "/combined_commodity_margin.csv"
        try String(contentsOfFile: margins, encoding: .utf8).replacing(",OIL,", with: ",OILL,")
            .write(toFile: margins, atomically: true, encoding: .utf8)
        let installation = try await Installation(house: house)
        let night = try installation.run("margin", "run", "--business-date", "2025-06-20")
        #expect(night.code == 65)
        #expect(
            night.errors.contains(
                "parameter set P1 has no combined_commodity_margin row for OIL; it has one for OILL, which the house does "
                    + "not have"), "\(night.errors)")
        try FileManager.default.removeItem(atPath: house)
        try await installation.close()
    }

    @Test func `a folder that is loaded already says so file by file, and how to load more`() async throws {
        let installation = try await Installation()
        let house = try EditedHouse()
        try house.append("currency", "SEK,2")
        let again = try installation.run("margin", "load", house.folder)
        #expect(again.code == 65)
        #expect(
            again.errors.contains("account, \(house.folder)/account.csv: loaded already, by load "), "\(again.errors)")
        #expect(again.errors.contains("currency.csv: nothing was loaded: "), "\(again.errors)")
        #expect(again.errors.contains("hint: what is loaded already stays; "), "\(again.errors)")
        #expect(again.errors.contains("margin load TABLE FILE --correct --reason R"), "\(again.errors)")
        let one = try installation.run("margin", "load", "currency", house.folder + "/currency.csv")
        #expect(
            one.errors.hasSuffix(
                "hint: leave the rows out, or load them as a correction: margin load currency "
                    + "\(house.folder)/currency.csv --correct --reason R\n"), "\(one.errors)")
        let file = try installation.run("margin", "load", house.folder + "/currency.csv")
        #expect(file.code == 66)
        #expect(
            file.errors.contains("hint: name its table too: margin load currency \(house.folder)"), "\(file.errors)")
        try house.close()
        try await installation.close()
    }

    @Test func `two sets of one date: the second is shown and refused for it, and exported with a date of its own`()
        async throws
    {
        try await GovernanceTests().withOfficer { installation, officer in
            let folder = installation.folder + "/second"
            let draft = try installation.run("margin", "parameters", "export", "P2018", folder, "--code", "P2")
            #expect(draft.output.contains("its effective_from is still that of P2018"), "\(draft.output)")
            #expect(try installation.run("margin", "load", folder).code == 0)
            let approve = ["parameters", "approve", "P2", "--reason", "seen", "--as", officer]
            let refused = try installation.start("margin", approve).wait()
            #expect(refused.code == 65)
            #expect(
                refused.output.contains("takes effect on the same date as P2018, which is approved"),
                "\(refused.output)")
            #expect(refused.errors.contains("takes effect on 2018-12-01, and so does P2018"), "\(refused.errors)")
            #expect(refused.errors.contains("--code NEW --effective-from D"), "\(refused.errors)")
            let dated = [
                "parameters", "export", "P2018", installation.folder + "/third", "--code", "P3", "--effective-from",
                Self.day,
            ]
            #expect(try installation.start("margin", dated).wait().code == 0)
            #expect(try installation.run("margin", "load", installation.folder + "/third").code == 0)
            let approved = try installation.run(
                "margin", "parameters", "approve", "P3", "--reason", "seen", "--as", officer)
            #expect(approved.code == 0, "\(approved.errors)")
        }
    }

    @Test func `a set that waits names the command that approves it, and a hint keeps the login that was given`()
        async throws
    {
        try await GovernanceTests().withOfficer { installation, officer in
            let early = try installation.run("margin", "run", "--business-date", "2018-11-30")
            #expect(early.code == 66, "\(early.errors)")
            #expect(try installation.run("margin", "run", "--business-date", Self.day).code == 0)
            let proposed = try installation.run(
                "margin", "parameters", "propose", "P2", "--base", "P2018", "--effective-from", "2018-11-01",
                "--reason", "r")
            #expect(proposed.code == 0, "\(proposed.errors)")
            let waiting = try installation.run("margin", "run", "--business-date", "2018-11-30")
            #expect(waiting.code == 66)
            #expect(
                waiting.errors.contains("margin parameters approve P2 --reason R --as PERSON"), "\(waiting.errors)")
            let late = try installation.run(
                "margin", "parameters", "propose", "P3", "--base", "P2018", "--effective-from", Self.day, "--reason",
                "r")
            #expect(late.code == 0, "\(late.errors)")
            let asked = try installation.run(
                "margin", "parameters", "approve", "P3", "--reason", "seen", "--as", officer)
            #expect(asked.code == 64)
            #expect(
                asked.errors.contains("hint: margin parameters approve --as \(officer) P3 --reason R --yes"),
                "\(asked.errors)")
        }
    }

    @Test func `a correction that changes nothing points only at what can show it`() async throws {
        let installation = try await Installation()
        let dated = try installation.run(
            "margin", "correct", "row", "currency", "currency=USD", "set", "minor_unit_decimals=2", "--reason", "x",
            "--business-date", Self.day)
        #expect(
            dated.errors.contains("hint: what was corrected before: margin corrections --business-date \(Self.day)"))
        let undated = try installation.run(
            "margin", "correct", "row", "currency", "currency=USD", "set", "minor_unit_decimals=2", "--reason", "x")
        #expect(undated.errors.contains("hint: there is nothing to do: the row says so already"), "\(undated.errors)")
        let column = try installation.write("price.csv", "business_date,series,pice,currency", "2018-12-31,X,1,USD")
        let unknown = try installation.run("margin", "load", "settlement_price", column)
        #expect(unknown.errors.contains("hint: is price meant? the columns are: "), "\(unknown.errors)")
        let short = try installation.write("short.csv", "business_date,series,currency", "2018-12-31,X,USD")
        let missing = try installation.run("margin", "load", "settlement_price", short)
        #expect(missing.errors.hasSuffix("hint: margin template settlement_price\n"), "\(missing.errors)")
        let absent = try installation.run(
            "margin", "correct", "price", "--business-date", Self.day, "--series", "S", "--price", "72.31", "--reason",
            "x")
        #expect(absent.errors.contains("“\(Self.day), S, settlement”"), "\(absent.errors)")
        #expect(try installation.run("margin", "template", "position").output.contains("empty means EOD\n"))
        let rule = try installation.run(
            "margin", "waive", "slipped_prise", "X", "--business-date", Self.day, "--reason", "x")
        #expect(
            rule.code == 66 && rule.errors.contains("there is no rule slipped_prise\nhint: is slipped_price meant?"))
        try await installation.close()
    }

    @Test func `unpaid variation margin is walked from the lines and the debt to the call`() async throws {
        let installation = try await Installation(house: Checkout.root + "/fixtures/variation-margin-and-expiry/input")
        #expect(try installation.run("margin", "run", "--business-date", "2024-03-15").code == 0)
        let text = try installation.run("margin", "explain", "TEA-2", "--business-date", "2024-03-15")
        for said in [
            "unpaid variation margin 715.00 USD = Σ over currencies of (max(0, −day's variation margin) + still owed from days "
                + "before) × rate, without haircut",
            "USD: day's variation margin -615.00, still owed 100.00: max(0, −(-615.00)) + 100.00 = 715.00; × 1 = 715.00 USD",
        ] { #expect(text.output.contains(said), "\(said) in \(text.output)") }
        let json = try installation.run("margin", "explain", "TEA-2", "--business-date", "2024-03-15", "--json")
        #expect(json.output.contains(#""unpaid_variation_margin""#) && json.output.contains(#""still_owed""#))
        let csv = try installation.reportFiles("2024-03-15").first {
            $0.key.contains("variation-margin") && $0.key.hasSuffix(".csv")
        }
        let lines = String(decoding: csv?.value ?? Data(), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.last == "NORTH,TEA-2,7,,owed,,,false,,,,USD,-100.00", "\(lines)")
        let none = try installation.run("margin", "explain", "TEA-2", "--item", "NIX", "--business-date", "2024-03-15")
        #expect(none.code == 66 && none.errors.contains("no combined commodity or risk group NIX"), "\(none.errors)")
        try await installation.close()
    }
}
