import ClearingModel
import Margining
import PlainMargin
import Quantities

/// The product's figures written in the plain form, so that the two are compared with `==`.
struct Transcript {
    let book: MarginBook

    func requirement(_ found: AccountRequirement) -> PlainRequirement {
        var plain = PlainRequirement()
        plain.owners = found.owners.map(owner)
        plain.amounts = found.currencies.map { amount($0.amount) }
        plain.converted = found.currencies.map { amount($0.converted) }
        plain.requirement = amount(found.requirement)
        return plain
    }

    private func owner(_ found: OwnerRequirement) -> PlainOwnerFigures {
        var plain = PlainOwnerFigures()
        plain.commodities = found.combinedCommodities.map(commodity)
        plain.interSpreads = found.interSpreads.map(interSpread)
        plain.scanGroups = found.scanGroups.map {
            PlainScanGroup(
                spread: book.interSpreads[$0.spread].code.text, array: $0.array.map(rational),
                scanning: scanning($0.scanning))
        }
        plain.riskLines = found.riskLines.map { line in
            var money = PlainMoney()
            money.scan = amount(line.scan)
            money.intra = amount(line.intra)
            money.delivery = amount(line.delivery)
            money.appliedCredit = amount(line.credits)
            money.shortOptionMinimum = amount(line.shortOptionMinimum)
            money.netOptionValue = amount(line.netOptionValue)
            money.risk = amount(line.risk)
            money.initialRisk = amount(line.initialRisk)
            money.standaloneInitialRisk = amount(line.standaloneInitialRisk)
            return PlainRiskLine(
                commodities: line.legs.sorted().map { book.combinedCommodities[$0].code.text }, money: money,
                isLongPremiumOptionsOnly: line.isLongPremiumOptionsOnly)
        }
        plain.currencies = found.currencies.map {
            PlainCurrencyFigures(
                currency: $0.requirement.currency.code.description, initialRisk: amount($0.initialRisk),
                netOptionValue: amount($0.netOptionValue), offsetAddBack: amount($0.offsetAddBack),
                requirement: amount($0.requirement), isLongPremiumOptionsOnly: $0.isLongPremiumOptionsOnly)
        }
        plain.omnibusSeries = found.omnibusSeries.map {
            PlainOmnibusSeries(
                series: book.series[$0.series].code.text, longScan: amount($0.longScan),
                shortScan: amount($0.shortScan), longValue: amount($0.longValue), shortValue: amount($0.shortValue))
        }
        return plain
    }

    private func commodity(_ found: CombinedCommodityRisk) -> PlainCommodityFigures {
        let terms = book.combinedCommodities[found.combinedCommodity]
        var plain = PlainCommodityFigures(commodity: terms.code.text, scanning: scanning(found.scanning))
        plain.array = found.array.map { Rational(Int128($0), over: Rational.tenTo(found.arrayDecimals)) }
        plain.months = found.months.map(month)
        plain.monthDeltas = found.monthDeltas.map(delta)
        plain.remainingDeltas = found.remainingDeltas.map(delta)
        plain.netDelta = delta(found.netDelta)
        plain.weightedPriceRiskNormal = found.weightedPriceRiskNormal.map(rational)
        plain.weightedPriceRisk = found.weightedPriceRisk.map(rational)
        plain.tiers = found.tiers.map {
            PlainTierFigures(
                tier: terms.tiers[$0.tier].code.text, scanning: scanning($0.scanning), netDelta: delta($0.netDelta),
                weightedPriceRisk: $0.weightedPriceRisk.map(rational))
        }
        plain.intraSpreads = found.intraSpreads.map { formed in
            PlainIntraFormed(
                spread: terms.intraSpreads[formed.spread].code.text, aIsLong: formed.aSide == .long,
                count: delta(formed.count), charge: rational(formed.charge),
                legs: formed.legs.map { consumption($0.consumed, $0.months) })
        }
        plain.deliveryMonths = found.deliveryMonths.map {
            PlainDeliveryFigures(
                month: month($0.month), remaining: delta($0.remaining), consumed: delta($0.consumed),
                charge: rational($0.charge))
        }
        plain.interCredit = amount(found.interCredit)
        plain.money.scan = amount(found.scan)
        plain.money.intra = amount(found.intraCharge)
        plain.money.delivery = amount(found.deliveryCharge)
        plain.money.appliedCredit = amount(found.appliedCredit)
        plain.money.shortOptionMinimum = amount(found.shortOptionMinimum)
        plain.money.netOptionValue = amount(found.netOptionValue)
        plain.money.risk = amount(found.risk)
        plain.money.initialRisk = amount(found.initialRisk)
        plain.money.standaloneInitialRisk = amount(found.standaloneInitialRisk)
        plain.scanSpread = found.scanSpread.map { book.interSpreads[$0].code.text }
        return plain
    }

    private func interSpread(_ found: InterSpreadFormed) -> PlainInterFormed {
        PlainInterFormed(
            spread: book.interSpreads[found.spread].code.text, count: delta(found.count),
            legs: found.legs.map {
                PlainInterFormed.Leg(
                    deltaBefore: delta($0.deltaBefore), consumption: consumption($0.consumed, $0.months),
                    weightedPriceRisk: rational($0.weightedPriceRisk), rate: rational($0.rate),
                    credit: rational($0.credit))
            })
    }

    private func consumption(_ consumed: Delta, _ months: [MonthConsumption]) -> PlainConsumption {
        PlainConsumption(
            consumed: delta(consumed), months: months.map { month($0.month) },
            amounts: months.map { delta($0.consumed) })
    }

    private func scanning(_ found: ScanningRisk) -> PlainScanning {
        PlainScanning(
            scan: rational(found.scan), activeScenario: found.activeScenario, time: found.time.map(rational),
            volatility: found.volatility.map(rational), price: found.price.map(rational))
    }

    private func rational(_ value: ExactDecimal) -> Rational {
        Rational(value.mantissa, over: Rational.tenTo(value.scale))
    }
    private func amount(_ money: Money) -> Rational { rational(money.amount) }
    private func delta(_ delta: Delta) -> Rational { Rational(Int128(delta.units), over: 10_000) }
    private func month(_ month: ContractMonth) -> Int {
        month.year * 100 + month.month
    }
}
