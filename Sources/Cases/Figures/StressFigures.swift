import ClearingModel
import EndOfDay
import Quantities
import Stress
import TextFiles

/// What a night's stress came to, in the form of a neutral case's expectations (docs/methodology.md §8).
struct StressFigures {
    let input: JSONValue
    let rows: ResultRows

    /// The whole of `expected` of a stress case: of the accounts what their stress is held against.
    func document(accounts: JSONValue, secondRound: FollowedDefault?) -> [String: JSONValue] {
        let kept = ["id", "requirement", "add_ons"]
        var stress: [String: JSONValue] = [
            "arrays": .object(
                Dictionary(
                    rows["stress_array"].map { ($0.text("series"), array($0, "stress_array")) },
                    uniquingKeysWith: { first, _ in first })),
            "scenarios": .array(covers.filter { $0.text("scenario_number") != "0" }.map(scenario)),
        ]
        stress["no_offset"] = covers.first { $0.text("scenario_number") == "0" }.map(scenario)
        stress["cover_two"] = covers.first { $0.text("is_maximum") == "true" }.map(coverTwo)
        stress["add_ons"] = .array(addOns)
        stress["reverse"] = rows["reverse_stress"].isEmpty ? nil : reverse
        stress["second_round"] = secondRound.map(SecondRoundFigures.document) ?? SecondRoundFigures.document(rows)
        return [
            "accounts": .array(
                accounts.list.map { .object($0.members.filter { kept.contains($0.key) }) }),
            "stress": .object(stress),
        ]
    }

    private var covers: [ResultRow] { rows["cover_two"] }

    private func scenario(_ cover: ResultRow) -> JSONValue {
        let number = Int(cover.text("scenario_number")) ?? 0
        func shortfalls(_ table: String, _ key: String) -> JSONValue {
            .object(
                Dictionary(
                    rows[table].map { ($0.text(key), amount($0, "shortfall", number)) },
                    uniquingKeysWith: { first, _ in first }))
        }
        var members = object(
            cover,
            [
                "number": "scenario_number", "id": "scenario", "cover_1": "cover_one", "cover_2": "cover_two",
                "mutualised": "mutualised",
            ]
        ).members
        members["largest"] = .array(cover.list("member_groups").map { .text($0) })
        members["members"] = shortfalls("member_stress", "member")
        members["groups"] = shortfalls("group_stress", "member_group")
        members["units"] = .array(units(number))
        return .object(members)
    }

    /// Every unit: those that are kept with their shortfall, and the clients that have none from their exposures.
    private func units(_ number: Int) -> [JSONValue] {
        let clients = Set(
            input.list("accounts").filter { $0.optional("origin") == "client" }.compactMap { $0.optional("id") })
        var units: [(key: [String], value: JSONValue)] = rows["stress_unit"].map { row in
            let name = row.text("unit")
            return (
                [row.text("member"), name == StressUnits.houseName ? "" : name],
                .object([
                    "member": .text(row.text("member")), "unit": .text(name), "cover": .text(row.text("cover")),
                    "exposure": amount(row, "exposure", number), "shortfall": amount(row, "shortfall", number),
                ])
            )
        }
        let kept = Set(units.map(\.key))
        for row in rows["stress_exposure"] where clients.contains(row.text("account")) {
            let owner = row.text("owner")
            let name = owner.isEmpty ? row.text("account") : "\(row.text("account"))/\(owner)"
            guard !kept.contains([row.text("member"), name]) else { continue }
            units.append(
                (
                    [row.text("member"), name],
                    .object([
                        "member": .text(row.text("member")), "unit": .text(name), "cover": .text(row.text("cover")),
                        "exposure": amount(row, "exposure", number), "shortfall": .text("0"),
                    ])
                ))
        }
        return units.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    /// A figure in a scenario: the bound's stands in a column of its own, the others in a list.
    private func amount(_ row: ResultRow, _ column: String, _ number: Int) -> JSONValue {
        if number == 0 { return .text(row.text("no_offset_\(column)")) }
        let units = row.list(column).map { Int64($0) ?? 0 }
        return .text(scaled(units[number - 1], Int(row.text("minor_unit_decimals")) ?? 0))
    }

    private func coverTwo(_ row: ResultRow) -> JSONValue {
        var members = object(
            row,
            [
                "scenario": "scenario_number", "cover_1": "cover_one", "cover_2": "cover_two", "fund": "fund",
                "sufficiency": "sufficiency", "mutualised": "mutualised",
            ]
        ).members
        members["groups"] = .array(row.list("member_groups").map { .text($0) })
        members["is_sufficient"] = .flag(row.text("is_sufficient") == "true")
        return .object(members)
    }

    /// A member's charge with its accounts' parts.
    private var addOns: [JSONValue] {
        let charged = Dictionary(grouping: rows["stress_add_on"]) { $0.text("member") }
        return charged.keys.sorted().compactMap { member in
            guard let lines = charged[member], let first = lines.first else { return nil }
            var members = object(
                first,
                ["member": "member", "scenario": "scenario_number", "shortfall": "shortfall", "charge": "charge"]
            ).members
            members["accounts"] = .object(
                Dictionary(
                    lines.map { line in
                        (line.text("account"), object(line, ["amount": "amount", "converted": "converted_amount"]))
                    }, uniquingKeysWith: { first, _ in first }))
            return .object(members)
        }
    }

    private var reverse: JSONValue {
        let found = rows["reverse_stress"]
        var members: [String: JSONValue] = [
            "scenarios": .array(
                found.map { row in
                    var members = object(
                        row,
                        [
                            "scenario": "scenario_number", "status": "status", "multiplier": "multiplier",
                            "cover_2": "cover_two",
                        ]
                    ).members
                    members["groups"] = .array(row.list("member_groups").map { .text($0) })
                    return .object(members)
                })
        ]
        members["smallest"] = found.first { $0.text("is_smallest") == "true" }.map {
            .text($0.text("scenario_number"))
        }
        return .object(members)
    }
}
