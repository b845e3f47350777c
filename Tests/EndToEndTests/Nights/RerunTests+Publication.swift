import Foundation
import TestSupport
import Testing

/// What is published of a rerun, and by whom.
extension RerunTests {
    @Test func `a run whose inputs changed since is not published, and the command to use is named`() async throws {
        let installation = try await publishedDesk()
        try correct(installation, "price", "--series", "CL-2019-03", "--price", "45.91")
        _ = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        try correct(installation, "price", "--series", "CL-2019-03", "--price", "45.92")
        let stale = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "2")
        #expect(stale.code == 66)
        #expect(stale.errors.contains("run 2 is not published: its inputs have changed since: settlement_price v"))
        #expect(stale.errors.contains("hint: margin rerun --business-date 2018-12-31 --reason R"), "\(stale.errors)")
        _ = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        let published = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "3")
        #expect(published.code == 0, "\(published.errors)")
        let old = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "1")
        #expect(old.code == 66)
        #expect(old.errors.contains("run 1 is superseded, not complete"))
        try await installation.close()
    }

    @Test func `only changed reports are issued again, as corrections, and untouched members keep their files`()
        async throws
    {
        let installation = try await publishedDesk()
        let before = try installation.reportFiles(Self.day)
        try correct(installation, "position", "--account", "ALPHA-HOUSE", "--series", "NG-2019-02", "--short", "11")
        _ = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        let diff = try installation.run("margin", "diff", "--business-date", Self.day, "--runs", "1,2", "--check")
        #expect(diff.code == 1, "\(diff.errors)")
        #expect(diff.output.contains("ALPHA ALPHA-HOUSE USD: "), "\(diff.output)")
        #expect(diff.output.contains("driver: risk of GAS "), "\(diff.output)")
        #expect(diff.output.contains("members untouched: "))
        #expect(!diff.output.contains("BETA BETA-"), "\(diff.output)")
        _ = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "2")
        let after = try installation.reportFiles(Self.day)
        #expect(after.keys.contains("margin-call.2018-12-31.ALPHA.EOD.r2.csv"))
        #expect(!after.keys.contains { $0.contains(".BETA.") })
        let manifest = try jsonObject(after["manifest.json"] ?? Data())
        let files = try #require(manifest["files"] as? [[String: Any]])
        for file in files {
            let name = try #require(file["name"] as? String)
            let isOld = file["run_number"] as? Int == 1
            #expect(name.contains(".r1.") == isOld)
            #expect(isOld ? before.keys.contains(name) : after.keys.contains(name), "\(name)")
            if file["member"] as? String == "BETA" { #expect(isOld || file["report"] as? String == "corrections") }
            if !isOld, name.hasPrefix("margin-call") { #expect(file["corrects_run_number"] as? Int == 1) }
        }
        for (name, bytes) in before where name != "manifest.json" {
            #expect(FileManager.default.contents(atPath: "\(installation.reports)/\(Self.day)/EOD/r1/\(name)") == bytes)
        }
        let shown = try installation.run(
            "margin", "show", "--business-date", Self.day, "--run", "1", "--report", "margin-call", "--member", "ALPHA")
        #expect(Data(shown.output.utf8) == before["margin-call.2018-12-31.ALPHA.EOD.r1.csv"])
        try await installation.close()
    }

    @Test func `another person publishes where the house wants one`() async throws {
        let installation = try await publishedDesk()
        let rule = try installation.run(
            "margin", "governance", "require", "second_person_publishes", "--reason", "four eyes")
        #expect(rule.code == 0, "\(rule.errors)")
        try correct(installation, "price", "--series", "CL-2019-03", "--price", "45.91")
        let night = try installation.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")
        #expect(
            night.output.hasSuffix(
                "run 2 is complete and waits for another person\nnext: margin publish "
                    + "--business-date 2018-12-31 --run 2 --as NAME\n"), "\(night.output)")
        let same = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "2")
        #expect(same.code == 77)
        #expect(same.errors.contains("run 2 was computed by "), "\(same.errors)")
        let person = try installation.run(
            "margin", "db", "person", "second_\(ProcessInfo.processInfo.processIdentifier)")
        #expect(person.code == 0, "\(person.errors)")
        let published = try installation.run(
            "margin", "publish", "--business-date", Self.day, "--run", "2", "--as",
            "second_\(ProcessInfo.processInfo.processIdentifier)")
        #expect(published.code == 0, "\(published.errors)")
        try await installation.close()
    }

    @Test func `a member's folder is whole after a correction, whichever run issued its files`() async throws {
        let installation = try await publishedDesk()
        try correct(installation, "position", "--account", "ALPHA-HOUSE", "--series", "NG-2019-02", "--short", "11")
        _ = try installation.run("margin", "rerun", "--business-date", Self.day, "--reason", "test")
        _ = try installation.run("margin", "publish", "--business-date", Self.day, "--run", "2")
        let current = "\(installation.reports)/\(Self.day)/EOD/current"
        let members = try FileManager.default.contentsOfDirectory(atPath: current + "/members").sorted()
        #expect(members.contains("ALPHA") && members.contains("BETA"))
        for member in members {
            let folder = "\(current)/members/\(member)"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "manifest.json" }
            let manifest = try jsonObject(Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json")))
            let files = try #require(manifest["files"] as? [[String: Any]])
            #expect(Set(files.compactMap { $0["name"] as? String }) == Set(names), "\(member)")
            #expect(names.contains { $0.hasPrefix("margin-call.") && $0.contains(member == "ALPHA" ? ".r2." : ".r1.") })
            #expect(names.contains("risk-arrays.2018-12-31.EOD.r1.csv"), "\(member)")
            for name in names {
                let asked = try installation.run("margin", "verify-report", "\(folder)/\(name)")
                #expect(asked.code == 0 && asked.output.contains("as it was issued, by"), "\(name): \(asked.output)")
            }
        }
        let listed = try installation.run("margin", "show", "--business-date", Self.day, "--run", "2")
        let alpha = try Data(contentsOf: URL(fileURLWithPath: "\(current)/members/ALPHA/manifest.json"))
        #expect(listed.output.contains("members/ALPHA/manifest.json"), "\(listed.output)\(listed.errors)")
        #expect(!alpha.isEmpty)
        try await installation.close()
    }
}
