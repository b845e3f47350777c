import PlainMargin
import TestSupport

/// A random house of §8 with what the second implementation alone has no formula for: options whose values follow the
/// moves, in reverse stress and in the rounds after a default too, and logarithmic moves.
struct AgreementHouse {
    private let seed: UInt64
    private var draw: StressHouse

    init(seed: UInt64) {
        self.seed = seed
        draw = StressHouse(seed: seed)
    }

    mutating func make() throws -> PlainStressHouse {
        _ = draw.make()
        let hasOptions = draw.house.series.contains(where: \.kind.isOption)
        if seed % 4 == 0 { makeMovesLogarithmic() }
        for index in draw.house.series.indices { draw.house.series[index].givenValues = [:] }
        draw.house.repricing = KernelRepricing(try StressTranslation(draw.house).book).closure
        if hasOptions {
            draw.house.contributions = []
            draw.addTerms(hasOptions: false)
        }
        makeVolumesThin()
        contributeTheWholeFund()
        nameAGroupTwice()
        addPositionsOfNothing()
        loseARate()
        return draw.house
    }

    /// By one member, or by two in equal parts: in its own currency it is no excess, however its parts are rounded.
    private mutating func contributeTheWholeFund() {
        guard let fund = draw.house.fund, draw.random.once(in: 8) else { return }
        let members = draw.house.members.prefix(2)
        draw.house.contributions = members.map {
            PlainMemberAmount($0.code, fund.amount / Rational(members.count), fund.currency)
        }
    }

    /// Into the base currency, of a combined commodity that somebody may hold.
    private mutating func loseARate() {
        guard draw.random.once(in: 12) else { return }
        let (lost, base) = (draw.random.one(of: draw.house.commodities).currency, draw.house.baseCurrency)
        draw.house.conversions.removeAll { $0.from == lost && $0.to == base }
        guard draw.random.once(in: 2), let account = draw.house.accounts.indices.randomElement(using: &draw.random)
        else { return }
        // Called in it, and without a requirement: the rate is needed all the same.
        draw.house.accounts[account].callCurrency = lost
        draw.house.accounts[account].addOns = []
        draw.house.accounts[account].acceptedCollateral = 0
        for owner in draw.house.accounts[account].owners.indices {
            draw.house.accounts[account].owners[owner].requirement = 0
        }
    }

    private mutating func nameAGroupTwice() {
        guard let first = draw.house.secondRound?.groups?.first, draw.random.once(in: 4) else { return }
        draw.house.secondRound?.groups?.append(first)
    }

    /// Rows that net to nothing: nothing is closed out, and their currency needs a rate all the same.
    private mutating func addPositionsOfNothing() {
        for account in draw.house.accounts.indices
        where draw.house.accounts[account].type != .grossOmnibus && draw.random.once(in: 8) {
            let series = draw.random.one(of: draw.house.series).code
            let quantity = draw.random.whole(0...2)
            for owner in draw.house.accounts[account].owners.indices
            where !draw.house.accounts[account].owners[owner].positions.contains(where: { $0.series == series }) {
                draw.house.accounts[account].owners[owner].positions.append(
                    PlainPosition(series, long: quantity, short: quantity))
            }
        }
    }

    /// Some of the relative moves; where prices are at or below zero the house is refused.
    private mutating func makeMovesLogarithmic() {
        for scenario in draw.house.scenarios.indices {
            for move in draw.house.scenarios[scenario].moves.indices
            where draw.house.scenarios[scenario].moves[move].priceKind == .relative && draw.random.once(in: 3) {
                draw.house.scenarios[scenario].moves[move].priceKind = .log
            }
        }
    }

    /// Markets whose volume is all but what is closed out, or a little more.
    private mutating func makeVolumesThin() {
        guard let terms = draw.house.secondRound, draw.random.once(in: 8) else { return }
        for index in terms.markets.indices where terms.markets[index].averageDailyVolume > 0 {
            draw.house.secondRound?.closeOutDays = 1
            draw.house.secondRound?.markets[index].averageDailyVolume =
                Rational(draw.random.whole(1...6))
                - Rational(Int128(draw.random.whole(-1...1)), over: Rational.tenTo(7))
        }
    }
}
