import ClearingModel
import Parameters
import Postgres
import Quantities
import Stress

/// What stress means for the house: the fund, the charges, the edge, and the rounds after a default.
extension StressStore {
    /// What the fund would have to bear, the bound first.
    func saveCovers(_ test: StressTest, _ book: StressBook, _ set: StressSet, _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.cover_two (run_id, scenario_number, scenario, is_maximum, member_groups, currency,
                total_exposure,
                total_cover, cover_one, cover_two, mutualised, fund, sufficiency, is_sufficient,
                contributions_exceed_fund)
                from stdin (format binary)
            """
        ) { writer in
            for cover in test.coverRequirements {
                try writer.row(15)
                writer.int64(run)
                writer.int16(Int16(cover.scenario))
                writer.text(set.code(ofScenario: cover.scenario))
                writer.bool(cover.scenario > 0 && cover.scenario == test.worst?.scenario)
                writer.textArray(cover.groups.map { test.units.groups[$0].text })
                writer.text(book.base.code.description)
                for amount in [
                    test.totalExposure(in: cover.scenario), test.covers.reduce(0, +), cover.coverOne, cover.coverTwo,
                    cover.mutualised, test.resources.fund,
                ] {
                    writer.amount(amount, book)
                }
                writer.decimalOrNull(test.sufficiency(of: cover))
                writer.bool(test.isSufficient(cover))
                writer.bool(test.resources.contributionsExceedFund)
            }
        }
    }

    func saveCharges(_ test: StressTest, _ book: StressBook, _ set: StressSet, _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.stress_add_on (run_id, account, member, scenario_number, scenario, currency, shortfall, charge,
                amount, call_currency, converted_amount) from stdin (format binary)
            """
        ) { writer in
            for charge in test.charges {
                for line in charge.lines {
                    try writer.row(11)
                    writer.int64(run)
                    writer.text(book.house.accounts[line.account].code.text)
                    writer.text(test.units.members[charge.member].text)
                    writer.int16(Int16(charge.scenario))
                    writer.text(set.code(ofScenario: charge.scenario))
                    writer.text(book.base.code.description)
                    writer.amount(charge.shortfall, book)
                    writer.amount(charge.charge, book)
                    writer.money(line.amount)
                    writer.text(line.converted.currency.code.description)
                    writer.money(line.converted)
                }
            }
        }
    }

    func saveReverse(_ test: StressTest, _ book: StressBook, _ set: StressSet, _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.reverse_stress (run_id, scenario_number, scenario, status, is_smallest, currency, multiplier,
                cover_two, member_groups, reason) from stdin (format binary)
            """
        ) { writer in
            for found in test.reverse {
                try writer.row(10)
                writer.int64(run)
                writer.int16(Int16(found.scenario))
                writer.text(set.code(ofScenario: found.scenario))
                writer.text(found.outcome.status)
                writer.bool(found.scenario == test.nearestToTheEdge?.scenario)
                writer.text(book.base.code.description)
                switch found.outcome {
                case .reached(let multiplier, let cover):
                    writer.decimal(multiplier)
                    writer.amount(cover.coverTwo, book)
                    writer.textArray(cover.groups.map { test.units.groups[$0].text })
                case .notReached, .domain:
                    writer.null()
                    writer.null()
                    writer.textArray([])
                }
                if case .domain(let refusal) = found.outcome {
                    writer.text("\(refusal)")
                } else {
                    writer.text("")
                }
            }
        }
    }

    func saveRounds(_ test: StressTest, _ book: StressBook, _ set: StressSet, _ run: Int64) throws -> Int {
        guard let second = test.secondRound else { return 0 }
        var rows = try connection.copyIn(
            """
            copy margin.second_round (run_id, round, scenario_number, scenario, member_groups, currency, shortfall,
                fund_left, cap_reached, reason) from stdin (format binary)
            """
        ) { writer in
            for round in second.rounds {
                try writer.row(10)
                writer.int64(run)
                writer.int16(Int16(round.number))
                writer.int16(Int16(second.scenario))
                writer.text(set.code(ofScenario: second.scenario))
                writer.textArray(round.defaulting.map { test.units.groups[$0].text })
                writer.text(book.base.code.description)
                writer.amount(round.shortfall, book)
                writer.amount(round.fundLeft, book)
                writer.bool(second.capReached)
                writer.text(second.refusal.map { "\($0)" } ?? "")
            }
        }
        rows += try connection.copyIn(
            """
            copy margin.second_round_impact (run_id, round, combined_commodity, net_delta, price_move, participation,
                is_more_than_volume) from stdin (format binary)
            """
        ) { writer in
            for round in second.rounds {
                for impact in round.impacts {
                    try writer.row(7)
                    writer.int64(run)
                    writer.int16(Int16(round.number))
                    writer.text(impact.combinedCommodity.text)
                    writer.delta(impact.netDelta)
                    writer.decimal(impact.priceMove)
                    writer.decimalOrNull(impact.participation)
                    writer.bool(impact.isMoreThanVolume)
                }
            }
        }
        rows += try saveSurvivors(second, test, book, run)
        return rows
    }

    private func saveSurvivors(_ second: SecondRound, _ test: StressTest, _ book: StressBook, _ run: Int64) throws
        -> Int
    {
        try connection.copyIn(
            """
            copy margin.second_round_member (run_id, round, member, currency, need, uncovered, resource, defaults)
                from stdin (format binary)
            """
        ) { writer in
            for round in second.rounds {
                for member in round.members {
                    try writer.row(8)
                    writer.int64(run)
                    writer.int16(Int16(round.number))
                    writer.text(test.units.members[member.member].text)
                    writer.text(book.base.code.description)
                    for amount in [member.need, member.uncovered, member.resource] { writer.amount(amount, book) }
                    writer.bool(member.defaults)
                }
            }
        }
    }
}

extension StressSet {
    /// The code of a scenario by its number; of number 0 the bound's.
    package func code(ofScenario number: Int) -> String {
        number == 0 ? StressTest.noOffsetCode : scenarios[number - 1].code.text
    }
}

extension ReverseStress.Outcome {
    /// As the database spells it.
    var status: String {
        switch self {
        case .reached: "reached"
        case .notReached: "not_reached"
        case .domain: "domain"
        }
    }
}
