import ClearingModel
import EndOfDay
import Quantities
import Stress
import TextFiles

/// The rounds after a default in the form of a neutral case's expectations (docs/methodology.md §8.7).
enum SecondRoundFigures {
    /// The night's own, from its rows; nil where there are none.
    static func document(_ rows: ResultRows) -> JSONValue? {
        guard let first = rows["second_round"].first else { return nil }
        func of(_ table: String, _ round: String) -> [ResultRow] { rows[table].filter { $0.text("round") == round } }
        let rounds = rows["second_round"].map { row -> JSONValue in
            let number = row.text("round")
            var members = object(row, ["round": "round", "shortfall": "shortfall", "fund_left": "fund_left"]).members
            members["defaulted"] = .array(row.list("member_groups").map { .text($0) })
            members["impacts"] = .array(
                of("second_round_impact", number).map { row in
                    var members = object(
                        row,
                        [
                            "combined_commodity": "combined_commodity", "net_delta": "net_delta",
                            "price_move": "price_move", "participation": "participation",
                        ]
                    ).members
                    members["more_than_volume"] = .flag(row.text("is_more_than_volume") == "true")
                    return .object(members)
                })
            members["members"] = .array(
                of("second_round_member", number).map { row in
                    var members = object(
                        row,
                        ["member": "member", "need": "need", "uncovered": "uncovered", "resource": "resource"]
                    ).members
                    members["defaults"] = .flag(row.text("defaults") == "true")
                    return .object(members)
                })
            return .object(members)
        }
        return .object([
            "scenario": .text(first.text("scenario_number")), "rounds": .array(rounds),
            "cap_reached": .flag(first.text("cap_reached") == "true"),
        ])
    }

    /// Those of a default that was named.
    static func document(_ followed: FollowedDefault) -> JSONValue {
        func money(_ units: Int64) -> JSONValue { .text(scaled(units, followed.base.decimals)) }
        func codes(_ groups: [Int]) -> JSONValue { .array(groups.map { .text(followed.groups[$0].text) }) }
        let rounds = followed.secondRound.rounds.map { round -> JSONValue in
            .object([
                "round": .text("\(round.number)"), "defaulted": codes(round.defaulting),
                "shortfall": money(round.shortfall), "fund_left": money(round.fundLeft),
                "impacts": .array(
                    round.impacts.map { impact in
                        var members: [String: JSONValue] = [
                            "combined_commodity": .text(impact.combinedCommodity.text),
                            "net_delta": .text(impact.netDelta.text), "price_move": .text("\(impact.priceMove)"),
                            "more_than_volume": .flag(impact.isMoreThanVolume),
                        ]
                        members["participation"] = impact.participation.map { .text("\($0)") }
                        return .object(members)
                    }),
                "members": .array(
                    round.members.map { member in
                        .object([
                            "member": .text(followed.members[member.member].text), "need": money(member.need),
                            "uncovered": money(member.uncovered), "resource": money(member.resource),
                            "defaults": .flag(member.defaults),
                        ])
                    }),
            ])
        }
        return .object([
            "scenario": .text("\(followed.secondRound.scenario)"), "rounds": .array(rounds),
            "cap_reached": .flag(followed.secondRound.capReached),
        ])
    }
}
