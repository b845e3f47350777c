import Quantities

/// Which of the day's margin runs: at the end of the day, or during it.
package enum Cycle: String, CaseIterable, Sendable {
    case endOfDay = "EOD"
    case intraday = "ITD"
}

/// A step of the night, each its own executable, in the order they run.
package enum Stage: String, CaseIterable, Sendable {
    case ingest
    case riskArrays = "risk-arrays"
    case offsets
    case addOns = "add-ons"
    case calls
    case report

    /// Raised when a figure of this stage can move; recorded with every execution.
    package var numbersVersion: Int32 {
        switch self {
        case .ingest, .report: 1
        // 2: what is settled leaves the book; days of an average that the look-ahead passes are made at the shocked
        // underlying.
        case .riskArrays, .offsets, .addOns, .calls: 2
        }
    }

    /// The executable that runs this stage alone.
    package var executable: String { self == .report ? "margin-report" : "margin-\(rawValue)" }

    /// The stages that must be complete before this one starts.
    package var upstream: [Stage] {
        switch self {
        case .ingest: []
        case .riskArrays: [.ingest]
        case .offsets: [.ingest, .riskArrays]
        case .addOns: [.ingest, .riskArrays, .offsets]
        case .calls: [.ingest, .offsets, .addOns]
        case .report: [.ingest, .riskArrays, .offsets, .addOns, .calls]
        }
    }

    /// The stages whose rows enter this one's: its fingerprint holds theirs. Ingest passes the inputs on as they are,
    /// so only the report, which shows its findings, follows from it.
    package var sources: [Stage] { self == .report ? upstream : upstream.filter { $0 != .ingest } }
}
