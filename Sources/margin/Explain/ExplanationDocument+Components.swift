import ClearingModel
import Quantities
import Results

extension ComponentResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "combined_commodity": .code(combinedCommodity), "currency": .currency(currency),
            "scan": .decimal(scan), "active_scenario": activeScenario.map { .integer(Int64($0)) } ?? .nothing,
            "time_risk": .decimal(timeRisk), "volatility_risk": .decimal(volatilityRisk),
            "price_risk": .decimal(priceRisk), "net_delta": .delta(netDelta),
            "weighted_price_risk": .decimal(weightedPriceRisk), "intra_charge": .decimal(intraCharge),
            "delivery_charge": .decimal(deliveryCharge), "inter_credit": .decimal(interCredit),
            "applied_credit": .decimal(appliedCredit), "short_option_minimum": .decimal(shortOptionMinimum),
            "net_option_value": .decimal(netOptionValue), "risk": .decimal(risk),
            "initial_risk": .decimal(initialRisk), "scan_spread": .code(scanSpread),
            "array_decimals": .integer(Int64(arrayDecimals)), "risk_group": .code(riskGroup),
            "short_option_minimum_method": .text(shortOptionMinimumMethod.rawValue),
            "short_option_minimum_rate": .decimal(shortOptionMinimumRate),
        ]
    }
}

extension SpreadLegResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "step": .text(step.rawValue), "spread": .code(spread), "leg": .integer(Int64(leg)),
            "combined_commodity": .code(combinedCommodity), "pool": .text(pool), "side": .text(side.rawValue),
            "spread_count": .delta(count), "consumed": .delta(consumed),
            "weighted_price_risk": .decimal(weightedPriceRisk), "rate": .decimal(rate),
            "currency": .currency(currency), "charge": .decimal(charge), "credit": .decimal(credit),
        ]
    }
}

extension DeliveryMonthResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "combined_commodity": .code(combinedCommodity),
            "contract_month": .text("\(contractMonth)"), "remaining": .delta(remaining),
            "outright_rate": .decimal(outrightRate), "consumed": .delta(consumed),
            "spread_rate": .decimal(spreadRate), "charge": .decimal(charge),
        ]
    }
}

extension OptionValueResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "combined_commodity": .code(combinedCommodity), "series": .code(series),
            "option_right": .text(right.rawValue), "option_style": .text(style.rawValue),
            "long_quantity": .integer(longQuantity), "short_quantity": .integer(shortQuantity),
            "price": .decimal(settlementPrice), "contract_value_factor": .decimal(contractValueFactor),
            "array_decimals": .integer(Int64(arrayDecimals)), "long_loss": .integer(longLoss),
        ]
    }
}

extension SeriesArrayResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "combined_commodity": .code(combinedCommodity), "scenario_set": .code(scenarioSet),
            "array_decimals": .integer(Int64(array.arrayDecimals)), "risk_array": .integers(array.values),
            "composite_delta": .decimal(array.compositeDelta.amount),
            "price_scan_range": .decimal(array.priceScanRange),
            "volatility": array.volatility.map { .text("\($0)") } ?? .nothing,
            "volatility_rule": array.volatilityRule.map { .text($0.rawValue) } ?? .nothing,
        ]
    }
}
