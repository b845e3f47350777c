import Glibc

/// Everything that can keep a report from being written.
package enum ReportError: Error, Equatable {
    /// A text cell holds NUL.
    case textHoldsNUL(column: String)
    /// A text cell is not valid UTF-8.
    case textIsNotUTF8(column: String)
    /// A cell is null in a column that is never null.
    case valueIsMissing(column: String)
    /// A member's code cannot be part of a file name.
    case memberIsNoFileName(String)
    /// A member's rows do not stand together in ascending order.
    case membersAreOutOfOrder(report: String, member: String)
    /// A currency cell of a totalled report is not three capital letters.
    case currencyIsMalformed(report: String, String)
    /// The sum of a column leaves 128 bits.
    case totalIsTooLarge(report: String, column: String)
    /// The folder of this run exists already.
    case folderExists(path: String)
    /// Something that is no plain folder or file stands where one is to be written; it was not followed or touched.
    case planted(path: String, found: FileKind)
    /// The file system refused to create, rename or remove.
    case cannotCreate(path: String, errno: Int32)
    /// A read, write, fsync or close failed.
    case inputOutput(path: String, errno: Int32)
    /// No space, no quota or no larger file allowed.
    case diskFull(path: String)
    /// The process may not write there, or the file system is read-only.
    case notPermitted(path: String, errno: Int32)
    /// libcrypto gives no SHA-256.
    case digestIsUnavailable

    /// What stands at a name in a folder.
    package enum FileKind: String, Sendable {
        case folder, file, symbolicLink = "symbolic link", pipe = "named pipe", other = "special file"
    }

    /// What an exit code is chosen by.
    package enum Category: Sendable {
        /// The data breaks the report's contract (sysexits 70).
        case contract
        /// The output cannot be created (sysexits 73).
        case cannotCreate
        /// Writing failed or the disk is full (sysexits 74).
        case inputOutput
        /// Not allowed (sysexits 77).
        case permission
    }

    package var category: Category {
        switch self {
        case .textHoldsNUL, .textIsNotUTF8, .valueIsMissing, .memberIsNoFileName, .membersAreOutOfOrder,
            .currencyIsMalformed, .totalIsTooLarge, .digestIsUnavailable:
            .contract
        case .folderExists, .planted, .cannotCreate: .cannotCreate
        case .inputOutput, .diskFull: .inputOutput
        case .notPermitted: .permission
        }
    }
}

extension ReportError {
    /// What it is about on the disk; nil where it is about the data.
    package var path: String? {
        switch self {
        case .folderExists(let path), .planted(let path, _), .cannotCreate(let path, _), .inputOutput(let path, _),
            .diskFull(let path), .notPermitted(let path, _):
            path
        default: nil
        }
    }
}

extension ReportError: CustomStringConvertible {
    /// Lower case, no full stop: what, where, which value.
    package var description: String {
        switch self {
        case .textHoldsNUL(let column): "a text of column \(column) holds NUL"
        case .textIsNotUTF8(let column): "a text of column \(column) is not valid utf-8"
        case .valueIsMissing(let column): "column \(column) is null and never may be"
        case .memberIsNoFileName(let member): "member \(member.debugDescription) cannot be part of a file name"
        case .membersAreOutOfOrder(let report, let member):
            "rows of report \(report) are not in the order of members at \(member.debugDescription)"
        case .currencyIsMalformed(let report, let text):
            "report \(report) has \(text.debugDescription) for a currency"
        case .totalIsTooLarge(let report, let column): "the total of \(column) in report \(report) leaves 128 bits"
        case .folderExists(let path): "folder \(path) exists already"
        case .planted(let path, let found): "\(path) is a \(found.rawValue) and was left alone"
        case .cannotCreate(let path, let code): "cannot make or open \(path): \(errorText(code))"
        case .inputOutput(let path, let code): "cannot write \(path): \(errorText(code))"
        case .diskFull(let path): "no space left for \(path)"
        case .notPermitted(let path, let code): "not permitted to write \(path): \(errorText(code))"
        case .digestIsUnavailable: "libcrypto gives no sha-256"
        }
    }
}

/// What an errno means, in the system's words, such as `no such file or directory`.
func errorText(_ code: Int32) -> String {
    let text = unsafe String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
}
