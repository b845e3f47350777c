import ClearingModel

/// What a calibration rule proposes a value for (docs/methodology.md §10.1); the raw value is its name in tables.
package enum CalibrationItem: String, CaseIterable, Sendable {
    case haircut
    case intraSpread = "intra_spread"
    case offsetRate = "offset_rate"
    case priceScanRange = "price_scan_range"
    case volatilityScanRange = "volatility_scan_range"
}

/// The unit of a proposed range: of a price an amount or a percentage, of a volatility points or a share of itself.
package enum CalibrationKind: String, CaseIterable, Sendable {
    case amount, percent, absolute, relative

    /// Whether the value is a fraction of the factor's last level.
    package var isFraction: Bool { self == .percent || self == .relative }
}

/// Which row of an item is proposed: a combined commodity, with a scan-range row's first month behind a blank; a spread;
/// what a haircut is of.
package struct CalibrationKey: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A stressed window's name within its rule.
package struct StressedWindowCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}
