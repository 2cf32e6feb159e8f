public import Catalog

/// The API version everything here is written for: the one place that names it.
public enum AdminVersion {
    /// The version in every path, and the one that has to answer (FAULTS SN-7).
    public static let handle = "2026-07"

    /// When Shopify may stop serving it: a version is supported for at least twelve months
    /// (Admin API, "API versioning").
    public static let supportedUntil = Timestamp(seconds: 1_814_454_000)
}
