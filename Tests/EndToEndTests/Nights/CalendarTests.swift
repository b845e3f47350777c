import Foundation
import Postgres
import Testing

/// Fault 11: dates on which there is nothing to margin, or no way to.
@Suite struct CalendarTests {
    /// A date of the two-day house, and what the refusal says.
    static let refusals: [(name: String, date: String, says: String)] = [
        ("holiday", "2019-01-01", "the calendar calls this day no business day: New Year"),
        (
            "weekend", "2018-12-29",
            "the calendar has no entry for the business date; the business day before is 2018-12-28"
        ),
        ("before the calendar", "2018-12-27", "no approved parameter set|the calendar has no entry"),
        (
            "far future", "2030-01-07",
            "the calendar has no entry for the business date; the business day before is 2019-01-02"
        ),
        ("calendar ends", "2019-01-02", "the calendar ends on the business date"),
    ]

    @Test(arguments: refusals.indices)
    func `fault 11: a date that is no business day, or the calendar's last, is exit 65`(
        _ index: Int
    ) async throws {
        let (name, date, says) = Self.refusals[index]
        let installation = try await Installation()
        let ended = try installation.run("margin", "run", "--business-date", date)
        #expect(ended.code == 65, "\(name): \(ended.errors)")
        #expect(ended.errors.contains(try Regex(says)), "\(name): \(ended.errors)")
        #expect(ended.errors.contains("then: margin run --business-date \(date)"), "\(name): \(ended.errors)")
        #expect(try installation.number("select count(*) from margin.run where status <> 'void'") == 0)
        try await installation.close()
    }

    @Test func `fault 11: a business day whose positions have not come yet is exit 65 and says so`() async throws {
        let installation = try await Installation.editing { try $0.append("calendar_date", "2019-01-03,true,Thursday") }
        let ended = try installation.run("margin", "run", "--business-date", "2019-01-02")
        #expect(ended.code == 65, "\(ended.errors)")
        #expect(ended.errors.contains("[empty_positions]"), "\(ended.errors)")
        try await installation.close()
    }

    @Test func `fault 11: a calendar that begins on the business date of a house with a past is exit 65`() async throws
    {
        let installation = try await Installation.editing {
            try $0.replace("calendar_date", "2018-12-28,true,Friday\n", with: "")
        }
        let ended = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(ended.code == 65, "\(ended.errors)")
        #expect(
            ended.errors.contains("no business day before the business date, and there are positions of 2018-12-28"),
            "\(ended.errors)")
        try await installation.close()
    }

    @Test func `fault 11: the first business date of a house needs none before it`() async throws {
        let installation = try await Installation.editing { house in
            try house.replace("calendar_date", "2018-12-28,true,Friday\n", with: "")
            let lines = try house.text("position").split(separator: "\n").filter { !$0.hasPrefix("2018-12-28") }
            try house.write("position", lines.joined(separator: "\n") + "\n")
        }
        let ended = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(ended.code == 0, "\(ended.errors)")
        try await installation.close()
    }
}
