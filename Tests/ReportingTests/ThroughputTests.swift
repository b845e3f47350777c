import ClearingModel
import Foundation
import Quantities
import Reporting
import TestSupport
import Testing

/// Prints what the writers do a second; a figure, not a limit, because hosts differ. `REPORT_ROWS` sets the rows.
@Suite(.serialized) struct Throughput {
    @Test func `rows of ten columns, into csv and json at once`() throws {
        let rowCount = Int(ProcessInfo.processInfo.environment["REPORT_ROWS"] ?? "") ?? 20_000
        let scratch = try ScratchFolder()
        let clock = ContinuousClock()
        var folder = try ReportFolder(root: scratch.path, header: sampleHeader)
        var row = ReportRow(wideLayout)
        let member = Array("MEMBER01".utf8)
        let commodity = Array("CRUDE-OIL".utf8)
        let start = clock.now
        var files = try folder.start(wideLayout)
        for number in 0..<rowCount {
            row.removeAll()
            try row.append(text: member.span)
            try row.append(text: commodity.span)
            row.append(integer: Int64(number))
            for column in 0..<5 { row.append(unscaled: Int128(number) * 7919 + Int128(column), scale: 2) }
            row.append(date: BusinessDate(dayNumber: 6574))
            row.append(flag: number % 2 == 0)
            try files.write(row)
        }
        try folder.add(files)
        let entries = try folder.seal().files
        let seconds = (clock.now - start) / .seconds(1)
        let bytes = entries.map { "\($0.format.rawValue) \($0.byteCount / 1_000_000) MB" }.joined(separator: ", ")
        print("\(rowCount) rows into csv and json: \(seconds) s (\(bytes))")
        #expect(entries.allSatisfy { $0.rowCount == Int64(rowCount) })
    }
}

let wideLayout = ReportLayout(
    "wide", for: .run,
    columns: [
        .init("member", .text), .init("combined_commodity", .text), .init("number", .integer), .init("a", .decimal),
        .init("b", .decimal), .init("c", .decimal), .init("d", .decimal), .init("e", .decimal), .init("date", .date),
        .init("flag", .flag),
    ])

let sampleHeader = RunHeader(
    run: RunIdentity(businessDate: BusinessDate(year: 2018, month: 12, day: 31), cycle: .endOfDay, runNumber: 1),
    parameterSet: "base-1", roundingTable: "methodology-1.4", numbersVersions: ["margin-calls": 1])
