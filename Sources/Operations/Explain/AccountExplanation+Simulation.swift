import Postgres
import Quantities
import Storage

extension AccountExplanation {
    /// Each simulated group: its measure beside scanning, the tail it comes from, and what each position adds.
    mutating func explainSimulations() throws {
        let components = try connection.rows(.explainComponentShortfalls, key)
        for row in try connection.rows(.explainSimulations, key) {
            let (owner, group, measure) = (try row.text(0), try row.text(1), try row.text(2))
            guard item == nil || item == group else { continue }
            let counts =
                switch measure {
                case "scan": "scan risk \(try row.amount(10)); the core \(try row.amount(9)) is its challenger"
                case "es": "core \(try row.amount(9)); the scan risk \(try row.amount(10)) is its challenger"
                default: "the higher of core \(try row.amount(9)) and scan risk \(try row.amount(10))"
                }
            say(
                0,
                "\(try ownerText(row, 0))risk group \(group), simulation \(try row.text(15)): risk "
                    + "\(try row.amount(11)) \(try row.text(3)) = \(counts); initial risk \(try row.amount(12))")
            let share = "\(ExactDecimal.one - (try row.exact(16)))"
            say(
                1,
                "\(try row.int32(4)) scenarios of \(try row.int16(18)) days, tail \(share) of them, "
                    + "\(try row.text(17)): value at risk \(try row.amount(5)), expected shortfall \(try row.amount(6))"
            )
            if !row.isNull(8) {
                let weight = try row.exact(19)
                say(
                    1,
                    "core = max(0, \(try row.amount(6)), \(ExactDecimal.one - weight) × \(try row.amount(6)) + "
                        + "\(weight) × \(try row.amount(8)) of \(try row.int32(7)) stressed scenarios)")
            }
            if !row.isNull(14) {
                say(
                    1,
                    "correlation break: parts of the history exceed the value at risk by \(try row.amount(13)), add-on "
                        + "\(try row.amount(14))" + (measure == "scan" ? ", not charged where scanning counts" : ""))
            }
            for part in components where try part.text(0) == owner && part.text(1) == group {
                say(2, "\(try part.text(2)): \(try part.int64(3)) contracts add \(try part.amount(4)) to the shortfall")
            }
        }
    }
}
