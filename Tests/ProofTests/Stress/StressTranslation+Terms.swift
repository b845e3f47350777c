import ClearingModel
import Parameters
import PlainMargin
import Quantities
import Stress

extension StressTranslation {
    /// The stress set of a house.
    static func set(_ plain: PlainStressHouse) throws -> StressSet {
        StressSet(
            code: StressSetCode("S"), horizonDays: .one, houseSurplusCoversClients: plain.houseSurplusCoversClients,
            addOnShare: plain.addOnShare.map(exact),
            reverse: plain.reverse.map { ReverseStressGrid(step: exact($0.step), max: exact($0.max)) },
            coverCount: plain.coverCount, secondRound: plain.secondRound.map(terms),
            scenarios: plain.scenarios.sorted { $0.number < $1.number }.map { scenario in
                StressScenario(
                    number: scenario.number, code: StressScenarioCode(scenario.code), kind: .other,
                    moves: scenario.moves.map { StressMove($0) })
            })
    }

    private static func terms(_ plain: PlainSecondRoundTerms) -> SecondRoundTerms {
        SecondRoundTerms(
            roundCap: plain.roundCap, closeOutDays: plain.closeOutDays, clientsAreClosedOut: plain.clientsAreClosedOut)
    }

    /// Requirement and add-ons in minor units of the call currency.
    func cover(of account: PlainStressAccount) throws -> AccountCover {
        let common = account.addOns.filter { $0.owner == nil }.map(\.amount).sum()
        var cover = AccountCover(
            requirement: try minorUnits(account.owners.map(\.requirement).sum(), account.callCurrency),
            addOns: try minorUnits(common, account.callCurrency))
        guard account.type == .segregated else { return cover }
        for owner in account.owners {
            let own = account.addOns.filter { $0.owner == owner.code }.map(\.amount).sum()
            cover.owners[OwnerCode(owner.code)] = AccountCover.Owner(
                requirement: try minorUnits(owner.requirement, account.callCurrency),
                addOns: try minorUnits(own, account.callCurrency))
        }
        return cover
    }

    func stated(_ amount: PlainForeignAmount) throws -> StatedAmount {
        StatedAmount(exact(amount.amount), try currencyCode(amount.currency))
    }

    func stated(_ rows: [PlainMemberAmount]) throws -> [MemberCode: StatedAmount] {
        var amounts: [MemberCode: StatedAmount] = [:]
        for row in rows { amounts[MemberCode(row.member)] = try stated(row.money) }
        return amounts
    }

    /// Net deltas as they are published: of each account or owner, to 4 decimals by month.
    func secondRound(_ plain: PlainSecondRoundTerms) throws -> SecondRoundInputs {
        var markets: [CombinedCommodityCode: CloseOutMarket] = [:]
        for market in plain.markets {
            markets[CombinedCommodityCode(market.commodity)] = CloseOutMarket(
                impactCoefficient: exact(market.impactCoefficient), dailyVolatility: exact(market.dailyVolatility),
                averageDailyVolume: exact(market.averageDailyVolume))
        }
        var netDeltas: [AccountCode: [CombinedCommodityCode: Delta]] = [:]
        var collateral: [AccountCode: Int64] = [:]
        for account in self.plain.accounts {
            let code = AccountCode(account.code)
            collateral[code] = try minorUnits(account.acceptedCollateral, account.callCurrency)
            for commodity in self.plain.commodities {
                let series = self.plain.series.filter { $0.commodity == commodity.code }
                let held = Set(account.owners.flatMap(\.positions).map(\.series))
                guard series.contains(where: { held.contains($0.code) }) else { continue }
                let sum = account.owners.map { self.plain.netDelta(of: $0, series) }.sum()
                guard let delta = Delta(exactly: exact(sum)) else { throw ProofError(what: "no delta \(sum)") }
                netDeltas[code, default: [:]][CombinedCommodityCode(commodity.code)] = delta
            }
        }
        return SecondRoundInputs(
            terms: Self.terms(plain), markets: markets, netDeltas: netDeltas, collateral: collateral)
    }

    private func minorUnits(_ amount: Rational, _ currency: String) throws -> Int64 {
        let code = try currencyCode(currency)
        guard let decimals = house.currencies.first(where: { $0.code == code })?.decimals,
            let units = exact(amount).units(decimals: decimals)
        else { throw ProofError(what: "no whole minor units: \(amount) \(currency)") }
        return units
    }
}

extension StressMove {
    init(_ row: PlainStressMove) {
        self.init(
            combinedCommodity: row.commodity.map { CombinedCommodityCode($0) },
            fromMonth: row.fromMonth.map(contractMonth), toMonth: row.toMonth.map(contractMonth),
            price: StressPriceMove(row), volatility: StressVolatilityMove(row))
    }
}

extension StressPriceMove {
    init(_ row: PlainStressMove) {
        switch row.priceKind {
        case .relative: self = .relative(exact(row.priceMove))
        case .log: self = .log(exact(row.priceMove))
        case .absolute: self = .absolute(exact(row.priceMove))
        }
    }
}

extension StressVolatilityMove {
    init(_ row: PlainStressMove) {
        switch row.volatilityKind {
        case .relative: self = .relative(exact(row.volatilityMove))
        case .points: self = .points(exact(row.volatilityMove))
        }
    }
}
