import Foundation
import Quantities
import Reporting
import TestSupport
import Testing

@Suite struct `Cells` {
    @Test(
        arguments: [
            (0, 0, "0"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (1250, 2, "12.50"), (-1250, 2, "-12.50"),
            (7, 0, "7"), (-7, 0, "-7"), (1, 12, "0.000000000001"), (Int128(UInt64.max), 0, "18446744073709551615"),
            (Int128(UInt64.max) + 1, 4, "1844674407370955.1616"),
            (10_000_000_000_000_000_000, 1, "1000000000000000000.0"),
            (.max, 0, "170141183460469231731687303715884105727"),
            (.min, 38, "-1.70141183460469231731687303715884105728"),
            (.min, 0, "-170141183460469231731687303715884105728"),
            (1, 38, "0.00000000000000000000000000000000000001"),
            (100_000_000_000_000_000_000_000_000_000_000_000_000, 0, "100000000000000000000000000000000000000"),
        ] as [(Int128, Int, String)])
    func `write a decimal with exactly its decimals`(_ unscaled: Int128, _ scale: Int, _ text: String) throws {
        let written = try write(ReportLayout("d", for: .run, columns: [.init("a", .decimal), .init("b", .text)])) {
            row throws(ReportError) in
            row.append(unscaled: unscaled, scale: scale)
            try row.append(text: "x")
        }
        #expect(written.csv == "a,b\r\n\(text),x\r\n")
        #expect(written.json.hasSuffix("\"rows\":[\n[\"\(text)\",\"x\"]\n]}\n"))
    }

    @Test func `write seeded random decimals as the exact decimal does`() throws {
        var state: UInt64 = 20_181_231
        let layout = ReportLayout("d", for: .run, columns: [.init("a", .decimal), .init("b", .decimal)])
        var expected = "a,b\r\n"
        let values: [ExactDecimal] = (0..<2000).map { number in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let mantissa = Int128(Int64(bitPattern: state)) >> Int128(number % 64)
            return ExactDecimal(mantissa: mantissa * (number % 3 == 0 ? 1_000_000_007 : 1), scale: number % 13)
        }
        for value in values { expected += "\(value.text(decimals: value.scale)),0\r\n" }
        let written = try write(layout, rows: values.count) { row, number throws(ReportError) in
            row.append(decimal: values[number])
            row.append(integer: 0)
        }
        #expect(written.csv == expected)
    }

    @Test func `write dates, flags, nulls and lists in both formats`() throws {
        let layout = ReportLayout(
            "all", for: .run,
            columns: [
                .init("z_date", .date), .init("flag", .flag), .init("none", .text, isOptional: true),
                .init("scale", .integer), .init("list", .decimals(count: 3)),
            ])
        let values: [Int64] = [-150, 7]
        let none: [Int64] = []
        let written = try write(layout) { row throws(ReportError) in
            row.append(date: BusinessDate(year: 1999, month: 2, day: 3))
            row.append(flag: true)
            try row.appendNull()
            row.append(integer: 2)
            row.append(decimals: values.span)
        }
        #expect(written.csv == "z_date,flag,none,scale,list_1,list_2,list_3\r\n1999-02-03,true,,2,-1.50,0.07,\r\n")
        let columns = #""columns":["z_date","flag","none","scale","list"]"#
        let row = #"["1999-02-03",true,null,2,["-1.50","0.07"]]"#
        #expect(written.json.hasSuffix("},\(columns),\"rows\":[\n\(row)\n]}\n"))
        let empty = try write(layout) { row throws(ReportError) in
            row.append(date: BusinessDate(year: 1999, month: 2, day: 3))
            row.append(flag: false)
            try row.appendNull()
            row.append(integer: 2)
            row.append(decimals: none.span)
        }
        #expect(empty.csv.hasSuffix("1999-02-03,false,,2,,,\r\n"))
    }

    @Test func `of no rows still make a whole document`() throws {
        let written = try write(pairLayout, rows: 0) { _, _ in }
        #expect(written.csv == "number,text\r\n")
        #expect(
            written.json == #"{"header":{"business_date":"2018-12-31","corrects_run_number":null,"cycle":"EOD","#
                + #""numbers_versions":{"margin-calls":1},"overrides":[],"parameter_set":"base-1","report":"pair","#
                + #""rounding_table":"methodology-1.4","#
                + #""run_number":1},"columns":["number","text"],"rows":[\#n]}\#n"#)
    }

    private func write(
        _ layout: ReportLayout, rows: Int = 1, _ fill: (inout ReportRow, Int) throws(ReportError) -> Void
    ) throws -> (csv: String, json: String) {
        let scratch = try ScratchFolder()
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        var files = try folder.start(layout)
        var row = ReportRow(layout)
        for number in 0..<rows {
            row.removeAll()
            try fill(&row, number)
            try files.write(row)
        }
        try folder.add(files)
        let names = try folder.seal().files.map(\.name)
        let texts = try names.map { String(decoding: try scratch.read("2018-12-31/EOD/r1/\($0)"), as: UTF8.self) }
        return (texts[0], texts[1])
    }

    private func write(
        _ layout: ReportLayout, _ fill: (inout ReportRow) throws(ReportError) -> Void
    ) throws -> (csv: String, json: String) {
        try write(layout, rows: 1) { row, _ throws(ReportError) in try fill(&row) }
    }
}
