import PlainMargin
import TestSupport

extension PlainStressFigures {
    /// The figures in the format of the cases.
    func document(_ house: PlainStressHouse) -> JSONValue {
        var members: [String: JSONValue] = [:]
        members["arrays"] = .object(
            Dictionary(
                house.series.map { series in
                    (series.code, .array(scenarios.map { .number(arrays[$0.number]?[series.code] ?? 0) }))
                }, uniquingKeysWith: { first, _ in first }))
        members["scenarios"] = .array(
            scenarios.map { outcome in
                outcome.document(house.scenarios.first { $0.number == outcome.number }?.code ?? "")
            })
        members["no_offset"] = noOffset.document("no-offset")
        if let worst = scenarios.first(where: { $0.number == coverScenario }) {
            var row: [String: JSONValue] = [
                "scenario": .number(coverScenario), "groups": .texts(worst.largest),
                "cover_1": .number(worst.coverOne), "cover_2": .number(worst.cover), "fund": .number(fund),
                "is_sufficient": .bool(worst.isSufficient), "mutualised": .number(worst.mutualised),
            ]
            if let sufficiency = worst.sufficiency { row["sufficiency"] = .number(sufficiency) }
            members["cover_two"] = .object(row)
        }
        if house.addOnShare != nil { members["add_ons"] = .array(addOns.map(\.document)) }
        if house.reverse != nil {
            members["reverse"] = .object([
                "scenarios": .array(reverse.map(\.document)),
                "smallest": smallestReverse.map { .number($0) } ?? .null,
            ])
        }
        switch secondRound {
        case .none: break
        case .refused(let refusal, _, _): members["second_round"] = .text("\(refusal)")
        case .computed(let rounds): members["second_round"] = rounds.document
        }
        return .object(members)
    }
}

extension PlainStressOutcome {
    fileprivate func document(_ code: String) -> JSONValue {
        let units = units.map { unit in
            JSONValue.object([
                "member": .text(unit.member), "unit": .text(unit.name), "exposure": .number(unit.exposure),
                "cover": .number(unit.cover), "shortfall": .number(unit.shortfall),
            ])
        }
        return .object([
            "number": .number(number), "id": .text(code), "units": .array(units),
            "members": .object(members.mapValues { .number($0) }), "groups": .object(groups.mapValues { .number($0) }),
            "cover_1": .number(coverOne), "cover_2": .number(cover), "largest": .texts(largest),
            "mutualised": .number(mutualised),
        ])
    }
}

extension PlainStressCharge {
    fileprivate var document: JSONValue {
        let accounts = parts.map { part in
            (
                part.account,
                JSONValue.object(["amount": .number(part.amount), "converted": .number(part.converted)])
            )
        }
        return .object([
            "member": .text(member), "scenario": .number(scenario), "shortfall": .number(shortfall),
            "charge": .number(charge),
            "accounts": .object(Dictionary(accounts, uniquingKeysWith: { first, _ in first })),
        ])
    }
}

extension PlainReverseFigures {
    fileprivate var document: JSONValue {
        switch status {
        case .notReached: .object(["scenario": .number(scenario), "status": .text("not_reached")])
        case .refused(let refusal): .object(["scenario": .number(scenario), "status": .text("\(refusal)")])
        case .reached(let multiplier, let cover, let groups):
            .object([
                "scenario": .number(scenario), "status": .text("reached"), "multiplier": .number(multiplier),
                "cover_2": .number(cover), "groups": .texts(groups),
            ])
        }
    }
}

extension PlainSecondRound {
    fileprivate var document: JSONValue {
        let rounds = rounds.map { round in
            var row: [String: JSONValue] = [
                "round": .number(round.number), "defaulted": .texts(round.defaulted),
                "shortfall": .number(round.shortfall), "fund_left": .number(round.fundLeft),
            ]
            if round.number > 0 {
                row["impacts"] = .array(round.impacts.map(\.document))
                row["members"] = .array(round.members.map(\.document))
            }
            return JSONValue.object(row)
        }
        return .object([
            "scenario": .number(scenario), "rounds": .array(rounds), "cap_reached": .bool(capReached),
        ])
    }
}

extension PlainSecondRound.Impact {
    fileprivate var document: JSONValue {
        var row: [String: JSONValue] = [
            "combined_commodity": .text(commodity), "net_delta": .number(netDelta), "price_move": .number(priceMove),
            "more_than_volume": .bool(isMoreThanVolume),
        ]
        row["participation"] = participation.map { .number($0.rounded(6)) }
        return .object(row)
    }
}

extension PlainSecondRound.Survivor {
    fileprivate var document: JSONValue {
        .object([
            "member": .text(member), "need": .number(need), "uncovered": .number(uncovered),
            "resource": .number(resource), "defaults": .bool(defaults),
        ])
    }
}

extension JSONValue {
    fileprivate static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .text($0) }) }
    fileprivate static func number(_ number: Int) -> JSONValue { .text("\(number)") }

    /// As a decimal, which every figure here has.
    fileprivate static func number(_ number: Rational) -> JSONValue {
        for decimals in 0...24 {
            let scaled = number * Rational(Rational.tenTo(decimals), over: 1)
            guard scaled.denominator == 1 else { continue }
            let digits = "\(scaled.numerator.magnitude)"
            let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
            return .text("\(number < 0 ? "-" : "")\(padded.dropLast(decimals)).\(padded.suffix(decimals))0")
        }
        return .text("\(number)")
    }
}
