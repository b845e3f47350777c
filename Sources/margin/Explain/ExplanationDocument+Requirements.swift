import ClearingModel
import Operations
import Quantities
import Results

extension RequirementResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "currency": .currency(currency), "amount": .decimal(amount), "fx_rate": .decimal(fxRate),
            "fx_haircut": .decimal(fxHaircut), "call_currency": .currency(callCurrency),
            "converted_amount": .decimal(converted),
        ]
    }
}

extension OwnerRequirementResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "currency": .currency(currency), "initial_risk": .decimal(initialRisk),
            "offset_add_back": .decimal(offsetAddBack), "net_option_value": .decimal(netOptionValue),
            "requirement": .decimal(requirement),
        ]
    }
}

extension AccountTermsResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "margining_type": .text(marginingType.rawValue), "account_class": .code(accountClass),
            "initial_ratio": .decimal(initialRatio), "net_option_value_is_capped": .flag(netOptionValueIsCapped),
            "offset_cap": .decimal(offsetCap),
        ]
    }
}

extension RiskLineResult {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "currency": .currency(currency), "line": .text(line),
            "initial_risk": .decimal(initialRisk), "standalone_initial_risk": .decimal(standaloneInitialRisk),
            "net_option_value": .decimal(netOptionValue),
        ]
    }
}

extension AccountBound {
    var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .code(owner), "item": .text(item), "line": .text(line), "bound": .text(kind.rawValue),
            "before": .amount(before), "after": .amount(after),
        ]
    }
}
