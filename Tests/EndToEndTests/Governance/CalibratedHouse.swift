import Foundation
import TestSupport

/// The two-day house with rules of calibration and histories of 400 moves whose sizes are always the same, made up.
extension EditedHouse {
    static let calibrationDay = "2018-12-31"

    func addCalibration() throws {
        try addRows(
            "risk_factor", "parameter_set,risk_factor,return_kind,lower_clamp,upper_clamp",
            ["OIL", "OIL-FAR", "GAS", "BUND", "EURUSD"].map { "P2018,\($0),absolute,0.5,2" })
        try addRows(
            "calibration_rule",
            "item,key,kind,factor,confidence,min_observations,z,increment,step_limit,buffer,max_gap_days",
            [
                "price_scan_range,CRUDE,amount,OIL,0.99,200,0.1,0.05,0.5,0.25,7",
                "price_scan_range,CRUDE 2019-02,percent,OIL,0.99,200,0.1,0.001,,,7",
                "volatility_scan_range,GAS,relative,GAS,0.99,200,0.1,0.01,,,7",
                "intra_spread,CRUDE NEAR-FAR,,,0.99,200,0.1,10,,,7", "offset_rate,CRUDE-GAS,,,0.99,200,0.1,0.05,,,7",
                "haircut,asset BUND,,BUND,0.99,200,0.1,0.005,,,7",
                "haircut,currency EUR USD,,EURUSD,0.99,200,0.1,0.0025,,,7",
            ])
        try addRows(
            "calibration_leg",
            "item,key,leg,factor,combined_commodity,tier,ratio,contract_value_factor,side",
            [
                "intra_spread,CRUDE NEAR-FAR,1,,CRUDE,NEAR,1,1000,A",
                "intra_spread,CRUDE NEAR-FAR,2,,CRUDE,FAR,1,1000,B",
                "offset_rate,CRUDE-GAS,1,OIL,,,1,1000,A", "offset_rate,CRUDE-GAS,2,GAS,,,1,10000,B",
            ])
        try addRows(
            "calibration_tier_factor", "combined_commodity,tier,factor", ["CRUDE,NEAR,OIL", "CRUDE,FAR,OIL-FAR"])
        try addRows(
            "calibration_stressed_window", "item,key,window_code,from_date,to_date",
            ["offset_rate,CRUDE-GAS,SPRING,2018-03-01,2018-05-31"])
        try addRows("risk_factor_level", "risk_factor,level_date,level", try Self.levelRows())
    }

    /// 401 days up to the calibration day, up and down by turns, on the last day down where they began.
    private static func levelRows() throws -> [String] {
        let format = DateFormatter()
        format.dateFormat = "yyyy-MM-dd"
        format.timeZone = TimeZone(secondsFromGMT: 0)
        guard let last = format.date(from: calibrationDay) else { throw CocoaError(.formatting) }
        let factors = [
            ("OIL", "100", "101"), ("OIL-FAR", "90", "90.5"), ("GAS", "4", "4.05"), ("BUND", "100", "101"),
            ("EURUSD", "1.1", "1.111"),
        ]
        return (0...400).reversed().flatMap { back in
            let day = format.string(from: last.addingTimeInterval(Double(-86_400 * back)))
            return factors.map { "\($0.0),\(day),\(back.isMultiple(of: 2) ? $0.1 : $0.2)" }
        }
    }

    /// A table with lines, whether the house has it already or not.
    private func addRows(_ table: String, _ header: String, _ rows: [String]) throws {
        try write(table, ([header] + rows).map { $0 + "\n" }.joined())
    }
}
