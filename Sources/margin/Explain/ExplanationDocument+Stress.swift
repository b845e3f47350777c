import ClearingModel
import Operations
import Parameters
import Quantities
import Results
import RiskArrays
import Stress

extension ExplanationDocument {
    init(_ explanation: StressExplanation) {
        let walked = explanation.units.flatMap { unit in unit.portfolios.map { (unit, $0) } }
        self.init(
            explanation.context, subject: explanation.subject,
            rows: [
                "stress": [explanation.cells],
                "stress_add_ons": explanation.addOns.map { $0.cells(explanation) },
                "stress_units": explanation.units.map { unit in
                    [
                        "unit": .text(unit.name), "exposure": .text(explanation.money(unit.exposure)),
                        "cover": .text(explanation.money(unit.cover)),
                        "shortfall": .text(explanation.money(unit.shortfall)),
                    ]
                },
                "stress_exposures": walked.map { unit, portfolio in
                    [
                        "unit": .text(unit.name), "account": .code(portfolio.account), "owner": .code(portfolio.owner),
                        "exposure": .text(explanation.money(portfolio.exposure)),
                        "cover": .text(explanation.money(portfolio.cover)),
                    ]
                },
                "stress_currencies": walked.flatMap { _, portfolio in
                    (portfolio.walk?.currencies ?? []).map { currency in
                        portfolio.key.merging([
                            "currency": .currency(currency.currency), "cost": .amount(currency.cost),
                            "fx_rate": .amount(currency.rate),
                            "converted_cost": .text(explanation.money(currency.inBase)),
                        ]) { first, _ in first }
                    }
                },
                "stress_positions": walked.flatMap { _, portfolio in
                    (portfolio.walk?.currencies ?? []).flatMap { currency in
                        currency.commodities.flatMap { commodity in
                            commodity.positions.map { position in
                                portfolio.key.merging(position.cells) { first, _ in first }.merging([
                                    "currency": .currency(currency.currency),
                                    "combined_commodity": .code(commodity.combinedCommodity),
                                    "is_gross": .flag(portfolio.walk?.isGross == true),
                                ]) { first, _ in first }
                            }
                        }
                    }
                },
            ])
    }
}

extension StressExplanation {
    fileprivate var cells: [String: ExplanationDocument.Cell] {
        [
            "member": .code(member), "currency": .currency(base.code), "stress_set": .code(set.code),
            "scenario_number": .integer(Int64(scenario.number)), "scenario": .code(scenario.code),
            "kind": .text(scenario.kind.rawValue), "is_worst": .flag(isWorst), "shortfall": .text(money(shortfall)),
            "house_shortfall": .text(money(houseShortfall)), "client_shortfall": .text(money(clientShortfall)),
            "house_surplus": .text(money(houseSurplus)),
        ]
    }
}

extension StressExplanation.AddOn {
    fileprivate func cells(_ explanation: StressExplanation) -> [String: ExplanationDocument.Cell] {
        [
            "account": .code(result.account), "scenario_number": .integer(Int64(result.scenario)),
            "scenario": .code(scenario), "shortfall": .decimal(result.shortfall), "charge": .decimal(result.charge),
            "add_on_share": .amount(share), "fund": .decimal(result.fund), "lack": .text(explanation.money(lack)),
            "amount": .decimal(result.amount), "call_currency": .currency(result.callCurrency),
            "converted_amount": .decimal(result.converted),
        ]
    }
}

extension StressExplanation.Portfolio {
    fileprivate var key: [String: ExplanationDocument.Cell] { ["account": .code(account), "owner": .code(owner)] }
}

extension StressWalk.PositionStep {
    fileprivate var cells: [String: ExplanationDocument.Cell] {
        [
            "series": .code(series), "long_quantity": .integer(long), "short_quantity": .integer(short),
            "loss": .amount(loss), "net_option_value": .amount(netOptionValue), "cost": .amount(cost),
            "contract_value_factor": .amount(contractValueFactor),
            "move_combined_commodity": .code(move.combinedCommodity),
            "from_month": move.fromMonth.map { .text("\($0)") } ?? .nothing,
            "to_month": move.toMonth.map { .text("\($0)") } ?? .nothing,
            "price_kind": .text(move.price.kind.rawValue), "price_move": .amount(move.price.amount),
            "volatility_kind": .text(move.volatility.kindText), "volatility_move": .amount(move.volatility.amount),
            "price": .amount(value.price), "moved_price": .text(value.movedPriceText),
            "volatility": value.volatility.map { .text("\($0)") } ?? .nothing,
            "moved_volatility": value.movedVolatility.map { .text("\($0)") } ?? .nothing,
            "value": .text(value.valueText), "moved_value": .text(value.movedValueText),
        ]
    }
}
