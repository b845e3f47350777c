import ClearingModel
import Margining
import MarginCalls
import Quantities
import Results

extension CallResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "member": .code(member), "call_currency": .currency(callCurrency), "requirement": .decimal(requirement),
            "add_ons": .decimal(addOns), "unpaid_variation_margin": .decimal(unpaidVariationMargin),
            "collateral_value": .decimal(collateralValue), "deficit": .decimal(deficit),
            "threshold": .decimal(threshold), "minimum_transfer_amount": .decimal(minimumTransferAmount),
            "lot": .decimal(lot), "call_amount": .decimal(callAmount), "return_amount": .decimal(returnAmount),
            "reason_code": .text(reason.rawValue), "due_date": .text("\(dueDate)"),
            "intraday_collected": .decimal(intradayCollected), "intraday_trigger": .decimal(intradayTrigger),
        ]
    }
}

extension AddOnResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "add_on": .text(kind.rawValue), "item": .text(itemText), "base": .decimal(base),
            "currency": .currency(currency), "driver": .text(driver), "amount": .decimal(amount),
            "call_currency": .currency(callCurrency), "converted_amount": .decimal(converted),
        ]
    }
}

extension VariationMarginResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "kind": .text(kind.rawValue), "series": .code(series), "quantity": .integer(quantity),
            "from_price": .decimal(fromPrice), "to_price": .decimal(toPrice), "currency": .currency(currency),
            "amount": .decimal(amount), "contract_value_factor": .decimal(contractValueFactor),
            "is_inverse": .flag(isInverse),
        ]
    }
}

extension UnpaidVariationMarginResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "currency": .currency(currency), "variation_margin": .decimal(variationMargin),
            "still_owed": .decimal(stillOwed), "unpaid": .decimal(unpaid), "fx_rate": .decimal(fxRate),
            "call_currency": .currency(callCurrency), "converted_amount": .decimal(converted),
        ]
    }
}

extension CollateralResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "item": .code(item), "asset": .text(asset), "quantity": .decimal(quantity), "price": .decimal(price),
            "haircut": .decimal(haircut), "fx_rate": .decimal(fxRate), "fx_haircut": .decimal(fxHaircut),
            "value_before_limits": .decimal(valueBeforeLimits), "accepted_value": .decimal(accepted),
            "excluded": .text(excluded.rawValue),
        ]
    }
}
