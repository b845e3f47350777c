import Postgres
import Quantities
import Storage

extension AccountExplanation {
    /// Each simulated group: its measure beside scanning, the tail it comes from, and what each position adds.
    mutating func explainSimulations() throws {
        let components = try connection.rows(.explainComponentShortfalls, key)
        for row in try connection.rows(.explainSimulations, key) {
            let (owner, group, measure) = (try row.text("owner"), try row.text("risk_group"), try row.text("measure"))
            guard item == nil || item == group else { continue }
            let counts =
                switch measure {
                case "scan":
                    "scan risk \(try row.amount("scan_risk")); the core \(try row.amount("core")) is its challenger"
                case "es":
                    "core \(try row.amount("core")); the scan risk \(try row.amount("scan_risk")) is its challenger"
                default: "the higher of core \(try row.amount("core")) and scan risk \(try row.amount("scan_risk"))"
                }
            say(
                0,
                "\(try ownerText(row))risk group \(group), simulation \(try row.text("simulation")): risk "
                    + "\(try row.amount("risk")) \(try row.text("currency")) = \(counts); initial risk "
                    + "\(try row.amount("initial_risk"))")
            let share = "\(ExactDecimal.one - (try row.exact("confidence")))"
            say(
                1,
                "\(try row.int32("scenarios")) scenarios of \(try row.int16("mpor_days")) days, tail \(share) of them, "
                    + "\(try row.text("convention")): value at risk \(try row.amount("value_at_risk")), expected "
                    + "shortfall \(try row.amount("expected_shortfall"))")
            if try !row.isNull("stressed_expected_shortfall") {
                let weight = try row.exact("stressed_weight")
                say(
                    1,
                    "core = max(0, \(try row.amount("expected_shortfall")), \(ExactDecimal.one - weight) × "
                        + "\(try row.amount("expected_shortfall")) + \(weight) × "
                        + "\(try row.amount("stressed_expected_shortfall")) of \(try row.int32("stressed_scenarios")) "
                        + "stressed scenarios)")
            }
            if try !row.isNull("break_add_on") {
                say(
                    1,
                    "correlation break: parts of the history exceed the value at risk by "
                        + "\(try row.amount("break_excess")), add-on \(try row.amount("break_add_on"))"
                        + (measure == "scan" ? ", not charged where scanning counts" : ""))
            }
            for part in components where try part.text("owner") == owner && part.text("risk_group") == group {
                say(
                    2,
                    "\(try part.text("series")): \(try part.int64("quantity")) contracts add "
                        + "\(try part.amount("component_shortfall")) to the shortfall")
            }
        }
    }
}
