import ClearingModel
import Parameters
import Quantities
import RiskArrays

/// A default followed through the others, round by round (docs/methodology.md §8.7).
package struct SecondRound: Sendable {
    /// What a survivor would have to find, in minor units of the base currency.
    package struct Member: Sendable {
        /// Index into the house's members.
        package let member: Int
        package let need: Int64
        /// What its collateral does not cover.
        package let uncovered: Int64
        package let resource: Int64
        /// Whether it cannot raise what is uncovered.
        package var defaults: Bool { uncovered > resource }
    }

    /// One round; the first is the default itself.
    package struct Round: Sendable {
        /// 0, 1, …
        package let number: Int
        package let impacts: [CloseOutImpact]
        /// Who survived the rounds before, by member.
        package let members: [Member]
        /// Indices of the groups that default in it: of round 0 in the order given, else by code.
        package let defaulting: [Int]
        /// Shortfalls at the round's prices of all groups that have defaulted, those of this round too.
        package let shortfall: Int64
        package let fundLeft: Int64
    }

    /// The scenario's number.
    package let scenario: Int
    package let rounds: [Round]
    /// Whether some group still defaulted in the last round that was asked for.
    package let capReached: Bool
    /// Why it ends before its time: a close-out without a market, a price that leaves its domain.
    package let refusal: StressRefusal?
    /// Exposure of each portfolio at the prices of the last round.
    let lastExposures: [Int64]
    /// Indices of all groups that defaulted, in any round.
    var defaulted: Set<Int> { Set(rounds.flatMap(\.defaulting)) }
}

/// The rounds after a default, on the values of one night.
struct SecondRoundComputation {
    let book: StressBook
    let shocks: StressShocks
    let terms: ShortfallTerms
    let resources: StressResources
    let inputs: SecondRoundInputs
    let rates: ExchangeRates
    let threads: Int
    private var units: StressUnits { terms.units }

    /// Follows the default of some groups under a scenario; `shortfalls` and `exposures`, by portfolio, are the
    /// scenario's own.
    func follow(
        _ groups: [Int], scenario: Int, _ shortfalls: StressShortfalls, exposures: [Int64]
    ) async throws -> SecondRound {
        let first = groups.reduce(0) { $0 + shortfalls.groups[$1] }
        var rounds = [
            SecondRound.Round(
                number: 0, impacts: [], members: [], defaulting: groups, shortfall: first, fundLeft: left(first))
        ]
        var defaulted = Set(groups)
        var exposures = exposures
        do {
            let collateral = try collateralOfAccounts()
            while rounds.count <= inputs.terms.roundCap, rounds.last?.defaulting.isEmpty == false {
                let (round, needed) = try await next(rounds.count, scenario: scenario, defaulted, collateral)
                defaulted.formUnion(round.defaulting)
                rounds.append(round)
                exposures = needed
            }
        } catch let refusal as StressRefusal {
            return SecondRound(
                scenario: scenario, rounds: rounds, capReached: false, refusal: refusal, lastExposures: exposures)
        }
        return SecondRound(
            scenario: scenario, rounds: rounds, capReached: rounds.last?.defaulting.isEmpty == false, refusal: nil,
            lastExposures: exposures)
    }

    /// A round, and the exposure of each portfolio at its prices.

    private func next(
        _ number: Int, scenario: Int, _ defaulted: Set<Int>, _ collateral: [Int64]
    ) async throws -> (SecondRound.Round, exposures: [Int64]) {
        let impacts = try impacts(of: defaulted)
        let moves = Dictionary(
            impacts.map { ($0.combinedCommodity, $0.priceMove) }, uniquingKeysWith: { first, _ in first })
        let moved = shocks.only(scenario - 1, impacts: book.commodities.map { moves[$0.code] ?? .zero }, of: book)
        let arrays = try await StressArrays.compute(book, moved, onlyHeld: true, threads: threads)
        let exposures = try await StressExposures.compute(book, arrays, threads: threads)
        let needed = exposures.values(in: 1)
        let margins = book.portfolios.map { variationMargin(of: $0, arrays) }
        var members: [SecondRound.Member] = []
        var defaulting: Set<Int> = []
        for member in units.members.indices where !defaulted.contains(units.groupOfMember[member]) {
            let (need, uncovered) = need(of: member, needed, margins, collateral)
            let outcome = SecondRound.Member(
                member: member, need: need, uncovered: uncovered, resource: resources.liquidity[member])
            if outcome.defaults { defaulting.insert(units.groupOfMember[member]) }
            members.append(outcome)
        }
        let shortfalls = await terms.shortfalls(exposures, threads: threads)[1]
        let shortfall = defaulted.union(defaulting).reduce(Int64(0)) { $0 + shortfalls.groups[$1] }
        let round = SecondRound.Round(
            number: number, impacts: impacts, members: members, defaulting: defaulting.sorted(), shortfall: shortfall,
            fundLeft: left(shortfall))
        return (round, needed)
    }

    private func left(_ shortfall: Int64) -> Int64 { max(0, resources.fund - shortfall) }

    /// What closing out the accounts of all that have defaulted does, of each combined commodity that one holds; the
    /// whole of it each round, from the total position.
    private func impacts(of defaulted: Set<Int>) throws(StressRefusal) -> [CloseOutImpact] {
        var held: Set<CombinedCommodityCode> = []
        var deltas: [CombinedCommodityCode: Delta] = [:]
        for (member, span) in units.spans.enumerated() where defaulted.contains(units.groupOfMember[member]) {
            var accounts: Set<Int> = []
            for unit in units.units[span] where unit.isHouse || inputs.terms.clientsAreClosedOut {
                for portfolio in unit.portfolios.map({ book.portfolios[$0] }) {
                    accounts.insert(portfolio.account)
                    for position in book.positions[portfolio.positions] {
                        held.insert(book.commodities[book.series[Int(position.series)].combinedCommodity].code)
                    }
                }
            }
            for account in accounts {
                for (code, delta) in inputs.netDeltas[book.house.accounts[account].code] ?? [:] {
                    deltas[code, default: .zero] = deltas[code, default: .zero] + delta
                }
            }
        }
        var impacts: [CloseOutImpact] = []
        for code in held.sorted() {
            impacts.append(
                try CloseOutImpact(
                    code, netDelta: deltas[code] ?? .zero, market: inputs.markets[code],
                    closeOutDays: inputs.terms.closeOutDays))
        }
        return impacts
    }

    /// What a member needs and what its collateral leaves uncovered: its house together, each client account apart.
    private func need(
        of member: Int, _ exposures: [Int64], _ margins: [Int64], _ collateral: [Int64]
    ) -> (need: Int64, uncovered: Int64) {
        var (house, ofHouse, margin): (Set<Int>, Int64, Int64) = ([], 0, 0)
        var clients: [Int: Int64] = [:]
        for unit in units.units[units.spans[member]] {
            for portfolio in unit.portfolios {
                let account = book.portfolios[portfolio].account
                if unit.isHouse {
                    house.insert(account)
                    ofHouse += exposures[portfolio]
                    margin += margins[portfolio]
                } else {
                    clients[account, default: 0] += max(0, exposures[portfolio], margins[portfolio])
                }
            }
        }
        let needOfHouse = max(0, ofHouse, margin)
        let coverOfHouse = house.reduce(Int64(0)) { $0 + collateral[$1] }
        var (need, uncovered) = (needOfHouse, max(0, needOfHouse - coverOfHouse))
        for (account, amount) in clients {
            need += amount
            uncovered += max(0, amount - collateral[account])
        }
        return (need, uncovered)
    }

    /// Accepted collateral in the base currency, by place of the account.
    private func collateralOfAccounts() throws(StressRefusal) -> [Int64] {
        var amounts: [Int64] = []
        amounts.reserveCapacity(book.house.accounts.count)
        for account in book.house.accounts {
            let accepted = inputs.collateral[account.code] ?? 0
            amounts.append(
                accepted == 0
                    ? 0 : try rates.stressConversion(from: account.callCurrency, to: book.base).converted(accepted))
        }
        return amounts
    }

    /// Variation margin to pay at the moved prices, in the base currency: net quantities of the marked series, rounded
    /// once a currency as exposures are.
    private func variationMargin(of portfolio: StressPortfolio, _ arrays: StressArrays) -> Int64 {
        var total: Int64 = 0
        var rest = book.positions[portfolio.positions]
        while let first = rest.first {
            let currency = currency(of: first)
            let scale = book.currencies[currency].scale
            var sum: Int128 = 0
            while let position = rest.first, self.currency(of: position) == currency {
                let series = book.series[Int(position.series)]
                if series.isMarked {
                    let decimals = book.commodities[series.combinedCommodity].arrayDecimals
                    sum +=
                        (Int128(position.long) - Int128(position.short)) * PowersOfTen.int128(scale - decimals)
                        * Int128(arrays.rows.loss(row: Int(position.series), column: 0))
                }
                rest = rest.dropFirst()
            }
            total += book.currencies[currency].inBase(sum)
        }
        return total
    }

    private func currency(of position: Position) -> Int {
        book.commodities[book.series[Int(position.series)].combinedCommodity].currency
    }
}
