import Calibration
import ClearingModel
import MarginCalls
import Margining
import Stress
import Validation

/// What stops a calculation, in the operator's words.
extension Failure {
    static func hint(_ error: AddOnError) -> String {
        switch error {
        case .missingLiquidity: "margin load liquidity FILE.csv"
        default: parameterHint
        }
    }

    static func hint(_ refusal: ValidationRefusal) -> String {
        "correct the row, then backtest again: margin correct row \(refusal.table)"
    }

    static func hint(_ refusal: CalibrationRefusal) -> String {
        refusal.table == "risk_factor_level"
            ? "load the days that are missing, or change the rule: margin load risk_factor_level FILE, "
                + "margin correct row --help"
            : "correct the row, or load the one that lacks: margin correct row --help, "
                + "margin load \(refusal.table) FILE"
    }

    static func hint(_ refusal: StressRefusal) -> String {
        switch refusal.rule {
        case .contributionExcess:
            "correct a contribution, or load a fund that holds them: margin correct row --help, "
                + "margin load guaranty_fund FILE"
        case .secondRoundGroup:
            refusal.table == "stress_scenario"
                ? "name a scenario by its code or number; without one, that of Cover-2"
                : "name groups of members, or members for theirs; without any, those that make Cover-2"
        default:
            switch refusal.table {
            case "house", "guaranty_fund", "liquidity_resource", "fx_rate", "liquidity":
                "load the row, then the night again: margin load \(refusal.table) FILE"
            default:
                "load a set that mends it under a new name, approved and in force on the date, then the night again: "
                    + "margin load FOLDER"
            }
        }
    }

    init(conversion error: ConversionError) {
        switch error {
        case .unknownCurrency:
            self.init(.inputRejected, "\(error)", hint: "margin load currency FILE.csv")
        case .noRate:
            self.init(
                .inputRejected, "calls cannot be computed: \(error)",
                hint: "load the rate, then the night again: margin load fx_rate FILE")
        case .outOfRange:
            self.init(.inputRejected, "calls cannot be computed: \(error)", hint: Self.correctionHint)
        }
    }

    init(calls error: MarginCallsError) {
        switch error {
        case .conversion(let error): self.init(conversion: error)
        case .callCurrencyChanged:
            self.init(
                .invariantBroken, "\(error)",
                hint: "correct account so that its call currency stays the same within a business date")
        case .unusableCallRule:
            self.init(.inputRejected, "calls cannot be computed: \(error)", hint: Self.parameterHint)
        default:
            self.init(.inputRejected, "calls cannot be computed: \(error)", hint: Self.correctionHint)
        }
    }

    private static let correctionHint = "correct the row and run the night again: margin correct --help"

    static let parameterHint = "load a parameter set that mends it, effective from the same date or later"
}
