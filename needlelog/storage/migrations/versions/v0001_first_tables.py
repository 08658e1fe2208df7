"""The first tables.

Written out whole, so that a later change of the tables does not change what this step made.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the tables to this schema."""
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("known_as", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("emergency_contact", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("fitzpatrick", sa.Integer(), nullable=True),
        sa.Column(
            "allergy_state",
            _codes("allergystate_known", "known", "none-known", "not-recorded", "unavailable"),
            nullable=False,
        ),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("phone_digits", sa.String(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("last_visit_at", sa.DateTime(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("full_name <> ''", name="client_named"),
        sa.CheckConstraint("fitzpatrick BETWEEN 1 AND 6", name="fitzpatrick_known"),
        sa.CheckConstraint("number >= 1", name="client_number_positive"),
        sa.CheckConstraint("version >= 0", name="client_version_positive"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(
        "ix_client_found",
        "client",
        ["seen_at", "id", "archived_at", "found_by", "phone_digits", "number", "birth_date"],
    )
    op.create_index("ix_client_same", "client", ["birth_date", "name_folded"])

    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("phone_hours", sa.String(), nullable=False),
        sa.Column("emergency_text", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("page_size", _codes("pagesize_known", "A4", "Letter"), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("name <> ''", name="clinic_named"),
        sa.CheckConstraint("id = 1", name="one_clinic"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "practitioner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credentials", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("name <> ''", name="practitioner_named"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            _codes(
                "productkind_known",
                "device",
                "cartridge",
                "cleanser",
                "anaesthetic",
                "serum",
                "cooling",
                "addon",
                "aftercare",
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("knowledge_id", sa.String(), nullable=False),
        sa.Column("amount_unit", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("device_kind", _codes("devicekind_known", "motor-pen", "roller", "stamp", "rf"), nullable=True),
        sa.Column("depth_min_um", sa.Integer(), nullable=True),
        sa.Column("depth_max_um", sa.Integer(), nullable=True),
        sa.Column("depth_step_um", sa.Integer(), nullable=True),
        sa.Column("depth_evaluated_um", sa.Integer(), nullable=True),
        sa.Column("output_unit", sa.String(), nullable=False),
        sa.Column("output_fixed_milli", sa.Integer(), nullable=True),
        sa.Column("device_source", sa.String(), nullable=False),
        sa.Column("is_anaesthetic", sa.Boolean(), nullable=False),
        sa.Column("dwell_min_min", sa.Integer(), nullable=True),
        sa.Column("dwell_max_min", sa.Integer(), nullable=True),
        sa.Column("max_mg", sa.Integer(), nullable=True),
        sa.Column("max_area_mm2", sa.Integer(), nullable=True),
        sa.Column("anaesthetic_source", sa.String(), nullable=False),
        sa.CheckConstraint("(kind = 'device') = (device_kind IS NOT NULL)", name="device_has_settings"),
        sa.CheckConstraint("name <> ''", name="product_named"),
        sa.CheckConstraint("depth_min_um BETWEEN 0 AND depth_max_um", name="depth_ordered"),
        sa.CheckConstraint("depth_step_um > 0", name="depth_step_positive"),
        sa.CheckConstraint("device_kind IS NULL OR depth_max_um IS NOT NULL", name="device_has_depth"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_product_kind", "product", ["kind"])

    op.create_table(
        "seal",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("previous_sha256", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("kind", "subject_id", name="sealed_once"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_table(
        "client_allergy",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("substance", sa.String(), nullable=False),
        sa.Column("reaction", sa.String(), nullable=False),
        sa.CheckConstraint("substance <> ''", name="substance_named"),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("client_id", "position"),
    )
    op.create_table(
        "client_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _codes("factkind_known", "condition", "medicine", "procedure"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("contraindication", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.CheckConstraint("text <> ''", name="fact_worded"),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_client_fact_client_id", "client_fact", ["client_id"])

    op.create_table(
        "discarded_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("discarded_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="discard_reasoned"),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_discarded_draft_client_id", "discarded_draft", ["client_id"])

    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner", sa.String(), nullable=False),
        sa.Column(
            "step",
            _codes(
                "stepid_known",
                "consultation",
                "consent",
                "cleansing",
                "numbing",
                "needling",
                "serum",
                "cooling",
                "reactions",
                "aftercare",
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.CheckConstraint("revision >= 1", name="draft_saved"),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_draft_client_id", "draft", ["client_id"])

    op.create_table(
        "lot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("code <> ''", name="lot_coded"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("product_id", "code", name="lot_once_per_product"),
    )
    op.create_index("ix_lot_code", "lot", ["code"])

    op.create_table(
        "paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("paperkind_known", "aftercare", "consent", "record"), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("template_version", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size_bytes = length(data)", name="paper_whole"),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_paper_client_id", "paper", ["client_id"])
    op.create_index("ix_paper_session_id", "paper", ["session_id"])

    op.create_table(
        "product_agent",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("percent_milli", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent_milli >= 0", name="strength_positive"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("product_id", "position"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("none_observed", sa.Boolean(), nullable=False),
        sa.Column("concerns", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_session_client", "session", ["client_id", "started_at"])

    op.create_table(
        "addendum",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("text <> ''", name="addendum_worded"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_addendum_session_id", "addendum", ["session_id"])

    op.create_table(
        "adverse_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column(
            "seriousness",
            _codes("seriousness_known", "not-serious", "needed-treatment", "permanent-harm", "life-threatening"),
            nullable=False,
        ),
        sa.Column("action_taken", sa.String(), nullable=False),
        sa.Column("zones", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_adverse_event_session", "adverse_event", ["session_id", "sequence"], unique=True)

    op.create_table(
        "grade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_grade_scale", "grade", ["scale"])
    op.create_index("ix_grade_session", "grade", ["session_id", "sequence"], unique=True)

    op.create_table(
        "handover",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("how", _codes("handover_known", "printed", "saved", "shown"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["paper.id"],
        ),
        sa.PrimaryKeyConstraint("paper_id", "sequence"),
    )
    op.create_table(
        "invalidation",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="invalidation_reasoned"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session_id"),
    )
    op.create_table(
        "material_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            _codes(
                "stepid_known",
                "consultation",
                "consent",
                "cleansing",
                "numbing",
                "needling",
                "serum",
                "cooling",
                "reactions",
                "aftercare",
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            _codes(
                "productkind_known",
                "device",
                "cartridge",
                "cleanser",
                "anaesthetic",
                "serum",
                "cooling",
                "addon",
                "aftercare",
            ),
            nullable=False,
        ),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("strength", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("amount_milli", sa.Integer(), nullable=True),
        sa.Column("amount_unit", sa.String(), nullable=False),
        sa.Column("area_mm2", sa.Integer(), nullable=True),
        sa.Column("zones", sa.String(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("amount_milli > 0", name="amount_positive"),
        sa.CheckConstraint("duration_s >= 0", name="duration_positive"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_material_use_lot", "material_use", ["lot"])
    op.create_index("ix_material_use_session", "material_use", ["session_id", "sequence"], unique=True)

    op.create_table(
        "needling_pass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("cartridge", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("depth_um", sa.Integer(), nullable=False),
        sa.Column("output_milli", sa.Integer(), nullable=True),
        sa.Column("output_unit", sa.String(), nullable=False),
        sa.Column(
            "direction",
            _codes(
                "direction_known", "vertical", "horizontal", "diagonal-right", "diagonal-left", "crosshatch", "stamped"
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column(
            "endpoint",
            _codes("endpoint_known", "none", "erythema", "pinpoint-bleeding", "stopped-early"),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("count BETWEEN 1 AND 99", name="count_sane"),
        sa.CheckConstraint("depth_um BETWEEN 0 AND 9999990", name="depth_sane"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_needling_pass_lot", "needling_pass", ["lot"])
    op.create_index("ix_needling_pass_session", "needling_pass", ["session_id", "sequence"], unique=True)
    op.create_index("ix_needling_pass_zone", "needling_pass", ["zone", "session_id"])

    op.create_table(
        "observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reaction", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_observation_reaction", "observation", ["reaction"])
    op.create_index("ix_observation_session", "observation", ["session_id", "sequence"], unique=True)

    op.create_table(
        "screening_answer",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("contraindication", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("answer IN ('no', 'yes', 'unsure')", name="answer_known"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session_id", "sequence"),
    )
    op.create_index("ix_screening_answer_contraindication", "screening_answer", ["contraindication"])

    op.create_table(
        "session_override",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("finding_key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column(
            "step",
            _codes(
                "stepid_known",
                "consultation",
                "consent",
                "cleansing",
                "numbing",
                "needling",
                "serum",
                "cooling",
                "reactions",
                "aftercare",
            ),
            nullable=False,
        ),
        sa.Column("level", _codes("level_known", "stop", "hold", "ask", "missing", "note"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
        ),
        sa.PrimaryKeyConstraint("session_id", "sequence"),
    )
    op.create_index("ix_session_override_code", "session_override", ["code"])
