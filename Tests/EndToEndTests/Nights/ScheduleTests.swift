import Foundation
import Postgres
import PrivateCluster
import TestSupport
import Testing

/// What the doctor says of zones and schedules, and what `due` says of the night that comes next.
@Suite struct ScheduleTests {
    private static let house = ["MARGIN_DEADLINE": "20:30 Europe/Paris", "MARGIN_FEED_DUE": "18:30 Europe/Paris"]

    /// The doctor's lines about the schedule in a file, on a machine in UTC.
    private func doctor(_ installation: Installation, _ name: String, _ text: String, _ more: [String: String] = house)
        throws
        -> [String]
    {
        let file = try installation.write(name, text)
        let ended = try installation.start(
            "margin", ["doctor", "--schedule", file], environment: more.merging(["TZ": "Etc/UTC"]) { $1 }
        ).wait()
        let lines = ended.output.split(separator: "\n").map(String.init)
        return lines.filter { $0.contains(#/^\S+ +(schedule|zone): /#) }.map { $0.replacing(file, with: name) }
    }

    @Test func `the doctor compares the house's zone, the machine's and the schedule`() async throws {
        let installation = try await Installation()
        let zone = "ok      zone: the house's is Europe/Paris, this machine's Etc/UTC"
        let job = "margin-operator /opt/margin/jobs/scheduled.sh /srv/margin/business-date"
        func timer(_ times: String) -> String { "[Timer]\nOnCalendar=\(times)\nUnit=margin-end-of-day.service" }
        let cases: [(String, String, [String])] = [
            (
                "crontab", "CRON_TZ=Europe/Paris\n*/10 * * * * \(job)",
                ["ok      schedule: crontab line 2, */10 * * * *"]
            ),
            ("m.timer", timer("*:0/10"), ["ok      schedule: m.timer, *:0/10"]),
            ("m.timer", timer("18:30 Europe/Paris"), ["ok      schedule: m.timer, 18:30 Europe/Paris"]),
            (
                "crontab", "CRON_TZ=Europe/Paris\n30 18 * * * \(job)",
                [
                    "warning schedule: crontab line 2, 30 18 * * *: its hours are of Etc/UTC, the house's are of "
                        + "Europe/Paris; Debian's cron ignores CRON_TZ=Europe/Paris"
                ]
            ),
            (
                "m.timer", timer("18:30"),
                ["warning schedule: m.timer, 18:30: its hours are of Etc/UTC, the house's are of Europe/Paris"]
            ),
            (
                "crontab", "*/5 * * * 1-5 \(job)",
                [
                    "warning schedule: crontab line 1, */5 * * * 1-5: starts nothing on a weekend, where exchanges hold sessions"
                ]
            ),
            (
                "m.timer", timer("Mon..Fri *-*-* *:0/10"),
                [
                    "warning schedule: m.timer, Mon..Fri *-*-* *:0/10: starts nothing on a weekend, where exchanges hold sessions"
                ]
            ),
            ("crontab", "*/5 * * * sun,1-6 \(job)", ["ok      schedule: crontab line 1, */5 * * * sun,1-6"]),
        ]
        for (name, text, lines) in cases { #expect(try doctor(installation, name, text) == [zone] + lines) }
        let skipped = try doctor(installation, "m.timer", timer("02:30 Europe/Paris"))
        #expect(
            (skipped.last ?? "").contains(
                #/that time is left out on 20\d\d-03-\d\d in Europe/Paris, and nothing starts then/#))
        let none = try doctor(installation, "crontab", "30 18 * * * root /usr/bin/backup")
        #expect((none.last ?? "").hasPrefix("ok      schedule: none in "), "\(none)")
        let apart = try doctor(
            installation, "crontab", "",
            ["MARGIN_DEADLINE": "20:30 Asia/Kolkata", "MARGIN_FEED_DUE": "18:30 Europe/Paris"])
        #expect(apart.first == "warning zone: the deadline is in Asia/Kolkata, feed_due in Europe/Paris")
        let midnight = try doctor(installation, "m.timer", timer("*:0/10"), ["MARGIN_DEADLINE": "20:30 Europe/Paris"])
        #expect(
            (midnight.last ?? "").contains("without feed_due the feed counts as late from midnight on"), "\(midnight)")
        try await installation.close()
    }

    @Test func `a schedule without weekends fails in a house that holds a session on one`() async throws {
        // 2 February 2025 was a Sunday with a session on the Indian exchanges: the day of the budget.
        let installation = try await Installation.editing {
            try $0.replace("calendar_date", "2019-01-02,true,Wednesday", with: "2025-02-02,true,budget")
        }
        let lines = try doctor(installation, "crontab", "*/5 * * * 1-5 x /opt/margin/jobs/scheduled.sh f")
        #expect(
            (lines.last ?? "").hasPrefix(
                "FAIL    schedule: crontab line 1, */5 * * * 1-5: starts nothing on 2025-02-02"))
        try await installation.close()
    }

    @Test func `due names the next night by the calendar, and is 66 once its feed is due`() async throws {
        let installation = try await Installation.editing {
            try $0.append("calendar_date", "2099-01-01,false,New Year", "2099-01-03,true,a Saturday")
        }
        #expect(try installation.run("margin", "due").code == 66, "nothing says where the house stands")
        #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 0)
        let late = try installation.start("margin", ["due"], environment: Self.house).wait()
        #expect(late.code == 66)
        #expect(
            late.errors.contains("the night of 2019-01-02 is not computed: its feed was due at 2019-01-02T17:30:00Z"))
        try installation.connect().script("update margin.run set business_date = '2019-01-02'")
        let ahead = try installation.start("margin", ["due"], environment: Self.house).wait()
        #expect(ahead.code == 0, "\(ahead.errors)")
        #expect(
            ahead.output
                == "the night of 2019-01-02 is computed; the feed of 2099-01-03 is due at 2099-01-03T17:30:00Z\n")
        let json = try installation.start("margin", ["due", "--json"], environment: Self.house).wait()
        let document = try jsonObject(json.output) as? [String: String]
        #expect(
            document == [
                "state": "ahead", "computed": "2019-01-02", "business_date": "2099-01-03",
                "feed_due": "2099-01-03T17:30:00Z", "deadline": "2099-01-03T19:30:00Z",
            ])
        try installation.connect().script("update margin.run set business_date = '2099-01-03'")
        let ended = try installation.run("margin", "due")
        #expect(ended.code == 66)
        #expect(ended.errors.contains("the calendar ends with 2099-01-03"), "\(ended.errors)")
        try await installation.close()
    }

    @Test func `migrate says that it makes a cluster, and a command that works on a house makes none`() async throws {
        let installation = try await Installation(isMigrated: false)
        let folder = installation.folder + "/cluster"
        var environment = installation.environment(["MARGIN_CLUSTER": folder, "HOME": installation.folder])
        for name in environment.keys where name.hasPrefix("PG") { environment[name] = nil }
        func margin(_ words: String...) throws -> (code: Int32, errors: String) {
            let ended = try JobTests.shell([Checkout.products + "/margin"] + words, environment: environment)
            return (ended.code, ended.errors)
        }
        let run = try margin("run", "--business-date", "2018-12-31")
        #expect(run.code == 78 && run.errors.contains("hint: margin migrate"), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder))
        let made = try margin("migrate")
        #expect(made.code == 0, "\(made.errors)")
        #expect(made.errors.contains("making a private cluster in \(folder)"), "\(made.errors)")
        try await PrivateCluster(folder: folder).destroy()
        try await installation.close()
    }
}
