import Digests
import Foundation
import TestSupport
import Testing

/// What a file is, what it lacks, and what another one says otherwise.
@Suite struct `Checking and comparing SPAN files` {
    @Test func `a check says what the file is of, its digest and its gaps`() async throws {
        try await withScratchFolder { folder in
            try OwnExchangeSpan.write(to: folder)
            let file = folder + "/own.spn"
            let ended = try runProgram(["span", "check", file, "--json"])
            #expect(ended.code == 0, "\(ended.errors)")
            let check = try jsonObject(ended.output)
            #expect(check["business_date"] as? String == "2025-06-02")
            #expect(check["point_in_time"] as? String == "settlement")
            #expect(check["series"] as? Int == 3)
            #expect(check["lacks_look_ahead"] as? Bool == true)
            let digest = try SHA256Digest(of: Array(Data(contentsOf: URL(fileURLWithPath: file))))
            #expect(check["sha256"] as? String == digest.description)
            let gaps = try #require(check["gaps"] as? [String])
            #expect(gaps.count == 1 && gaps[0].hasSuffix("combined commodity NONE has no series"), "\(gaps)")

            let line = try OwnExchangeSpan.write(
                to: folder, replacing: "<isSetl>1</isSetl>", with: "<isSetl>0</isSetl>")
            let intraday = try runProgram(["span", "check", file])
            #expect(line > 0 && intraday.output.contains("2025-06-02 intraday"), "\(intraday.output)")
            try OwnExchangeSpan.write(to: folder, replacing: "<p>1.63</p>", with: "")
            let unpriced = try runProgram(["span", "check", file])
            #expect(unpriced.output.contains("series 201 has no p"), "\(unpriced.output)")
            try OwnExchangeSpan.write(to: folder, replacing: "<pairedPoint>1<", with: "<pairedPoint>4<")
            #expect(try runProgram(["span", "check", file]).code == 65)
        }
    }

    @Test func `a comparison says the money by account and the parameters that moved`() async throws {
        try await withScratchFolder { folder in
            let before = folder + "/before.spn"
            try OwnExchangeSpan.write(to: folder)
            try FileManager.default.moveItem(atPath: folder + "/own.spn", toPath: before)
            try OwnExchangeSpan.write(to: folder, replacing: "<val>0.600000</val>", with: "<val>0.5</val>")
            func compare(_ other: String) throws -> BuiltProgram.Ended {
                try runProgram([
                    "span", "diff", before, other, "--positions", folder + "/positions.csv", "--accounts",
                    folder + "/accounts.csv", "--json",
                ])
            }
            let ended = try compare(folder + "/own.spn")
            #expect(ended.code == 0, "\(ended.errors)")
            let diff = try jsonObject(ended.output)
            // ALFA 0.26·0.5·158.52 = 20.61, BETA 2·0.5·148.33: 279.32 + 148.34 + 815.
            let account = try #require((diff["accounts"] as? [[String: String]])?.first)
            #expect(account["requirement_before"] == "1208.87" && account["requirement_after"] == "1242.66")
            #expect(account["change"] == "33.79")
            let moved = try #require(diff["parameters"] as? [[String: String]])
            #expect(
                moved == [
                    [
                        "table": "inter_spread", "key": "1", "column": "credit_rate", "before": "0.600000",
                        "after": "0.5",
                    ]
                ])
            #expect(diff["arrays_moved"] as? Int == 0 && diff["settlement_prices_moved"] as? Int == 0)
            let same = try jsonObject(try compare(before).output)
            #expect((same["parameters"] as? [Any])?.isEmpty == true)
            try OwnExchangeSpan.write(to: folder, replacing: "<a>-148.333185</a>", with: "<a>-149</a>")
            let arrays = try jsonObject(try compare(folder + "/own.spn").output)
            #expect(arrays["arrays_moved"] as? Int == 1)
        }
    }
}
