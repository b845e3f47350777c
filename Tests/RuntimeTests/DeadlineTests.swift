import Runtime
import Foundation
import Quantities
import Testing

@Suite struct DeadlineTests {
    /// Seconds since 1970, by hand: 2018-12-31 began at 1546214400 UTC; Paris is an hour ahead of it in winter.
    @Test(
        arguments: [
            ("20:30 Europe/Paris", "2018-12-31", 1_546_284_600), ("00:00 UTC", "2018-12-31", 1_546_214_400),
            ("23:59 UTC", "2018-12-31", 1_546_300_740),
            // On the day after: at two in the morning of the new year.
            ("02:00+1 Europe/Paris", "2018-12-31", 1_546_304_400),
            // Summer: two hours ahead.
            ("20:30 Europe/Paris", "2019-06-28", 1_561_746_600),
            ("17:30 America/New_York", "2018-12-31", 1_546_295_400),
            // 02:30 is 03:30 in the night in which 02:00 becomes 03:00, and the first of two where 03:00 becomes 02:00.
            ("02:30 Europe/Paris", "2019-03-31", 1_553_995_800), ("02:30 Europe/Paris", "2019-10-27", 1_572_136_200),
        ] as [(String, String, Int64)])
    func `is a moment of the business date in its zone`(text: String, date: String, seconds: Int64) throws {
        let deadline = try #require(Deadline(text))
        #expect(deadline.secondsSince1970(try #require(BusinessDate(date))) == seconds)
    }

    @Test(arguments: [
        "", "20:30", "Europe/Paris", "24:00 Europe/Paris", "20:60 UTC", "8:30 Europe/Paris", "20:30 Mars/Olympus",
        "20:30+2 Europe/Paris", "20:30 +1 Europe/Paris", "20:30  Europe/Paris", " 20:30 UTC", "20:30 UTC ",
        "20:30:00 UTC", "20.30 UTC",
    ])
    func `is written in one way`(text: String) {
        #expect(Deadline(text) == nil)
    }

    @Test func `the date begins at midnight of its zone`() throws {
        let paris = try #require(TimeZone(identifier: "Europe/Paris"))
        let date = BusinessDate(year: 2018, month: 12, day: 31)
        #expect(Deadline.midnight(in: paris).secondsSince1970(date) == 1_546_214_400 - 3_600)
        #expect(Deadline("00:00 Europe/Paris")?.zone == paris)
    }
}
