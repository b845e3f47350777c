import Quantities

/// What the demo house watches, and the limits of its members (docs/demo-house.md).
extension GeneratedClearingHouse {
    /// Equal limits for all from the year's beginning; from the current date on the eleventh member has a lower one
    /// for its margin, which it is near.
    func writeLimits(_ folder: String) throws(GenerationError) {
        let terms = try TableFile(.monitoring, in: folder)
        try terms.row(Self.parameterSet, "500", "1000000")
        try terms.close()
        let limits = try TableFile(.memberLimit, in: folder)
        for member in 0..<size.members {
            let code = membership.memberCode(member)
            try limits.row("2018-01-01", code, "margin", "50000000", "USD")
            try limits.row("2018-01-01", code, "stress_shortfall", "20000000", "USD")
            try limits.row("2018-01-01", code, "fund_days", "5", nil)
            if member == 10 { try limits.row(dates.current.description, code, "margin", "30000000", "USD") }
        }
        try limits.close()
    }
}
