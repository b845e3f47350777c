import Quantities
import Reporting

/// Contents of the page of a calibration to render: ranges with forty quarters behind them, and rules without history.
enum CalibrationPageSamples {
    private static func value(_ millionths: Int) -> ExactDecimal {
        ExactDecimal(mantissa: Int128(millionths), scale: 6)
    }

    private static func bounds(_ millionths: [Int]) -> [CalibrationPageContent.Bound] {
        let names = ["quantile", "ewma", "stressed", "floor"]
        let largest = millionths.max() ?? 0
        return zip(names, millionths).map { name, found in
            CalibrationPageContent.Bound(name: name, value: value(found), binds: found == largest)
        }
    }

    private static func item(_ name: String, unit: Int) -> CalibrationPageContent.Item {
        let history = (0..<40).map { place in
            let found = [31 + place % 7, 20 + (place * 13) % 40, 40 - place % 3, 35].map { $0 * unit }
            return CalibrationPageContent.Point(
                date: BusinessDate(dayNumber: Int32(3_400 + place * 91)), bounds: bounds(found),
                proposed: value(found.max() ?? 0))
        }
        return CalibrationPageContent.Item(
            name: name, old: value(36 * unit), new: value(41 * unit), change: value(138_889),
            bounds: history[39].bounds, remark: "cut up, below_core", isFlagged: true, history: history,
            tools: [
                CalibrationPageContent.Tool(name: "buffer", with: value(50 * unit), without: value(40 * unit)),
                CalibrationPageContent.Tool(name: "floor", with: value(50 * unit), without: value(50 * unit)),
            ])
    }

    static var quarterly: CalibrationPageContent {
        content(
            [item("price_scan_range WTI", unit: 1_000), item("price_scan_range <JPY> & more of it", unit: 7_654_321)],
            opinions: [("historical", 300_000, 2), ("standing", 350_000, 14), ("components", nil, 133)].map {
                CalibrationPageContent.Opinion(
                    spread: "offset_rate WTI-<GAS>", method: $0.0, value: $0.1.map(value), exceptions: $0.2,
                    nights: 2_456, coverage: value(999_186 - $0.2),
                    meanMargin: 12_412.139134 + Double($0.2),
                    covers: $0.0 == "historical" ? "" : "as_well")
            })
    }

    static var bare: CalibrationPageContent {
        content([
            CalibrationPageContent.Item(
                name: "offset_rate WTI-GAS", old: nil, new: value(300_000), change: nil,
                bounds: [CalibrationPageContent.Bound(name: "1y", value: value(402_596), binds: true)], remark: "",
                isFlagged: false,
                history: [], tools: [])
        ])
    }

    private static func content(
        _ items: [CalibrationPageContent.Item], opinions: [CalibrationPageContent.Opinion] = []
    ) -> CalibrationPageContent {
        CalibrationPageContent(
            parameterSet: "2019-01", facts: [("Levels up to", "2018-12-28"), ("In force from", "2019-01-02")],
            items: items,
            crises: [["OIL", "2008", "with_tools", "10.04"], ["OIL", "2008", "without_tools", "9.27"]],
            crisisColumns: [("Value", false), ("Year", true), ("Rule", false), ("Largest", true)],
            missedCrises: ["BRENT 2008, 2020"], opinions: opinions)
    }
}
