"""Turning the key: from a passphrase to an open clinic."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from needlelog.clock import Clock
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.errors import Fault, FaultCode
from needlelog.files import write_whole
from needlelog.i18n import Words
from needlelog.knowledge.consent import load_consent_texts
from needlelog.logs import fault_note, note_bug
from needlelog.paths import DataFolder, FolderKind, classify
from needlelog.photos.store import PhotoStore
from needlelog.services.adverse_events import AdverseEvents
from needlelog.services.clients import Clients
from needlelog.services.desk import Desk
from needlelog.services.follow_ups import FollowUps
from needlelog.services.history import History
from needlelog.services.last_good import LastGood
from needlelog.services.materials import Materials
from needlelog.services.papers import Papers
from needlelog.services.pictures import Pictures
from needlelog.services.practice import OpenVault, Practice
from needlelog.services.prints import Prints
from needlelog.services.proof import Proof
from needlelog.services.reference import Reference
from needlelog.services.series import SeriesPlans
from needlelog.services.sessions import Sessions
from needlelog.services.stock import Stock
from needlelog.services.templates import Templates
from needlelog.services.wordings import Wordings
from needlelog.storage.clients import ClientRepository
from needlelog.storage.clinic import ClinicRepository, PractitionerRepository
from needlelog.storage.clinic_values import ClinicValueRepository
from needlelog.storage.database import Database
from needlelog.storage.drafts import DraftRepository
from needlelog.storage.follow_ups import FollowUpRepository
from needlelog.storage.head import ChainHead
from needlelog.storage.lots import LotRepository
from needlelog.storage.own_texts import OwnTextsRepository
from needlelog.storage.papers import PaperRepository
from needlelog.storage.products import ProductRepository
from needlelog.storage.series import SeriesRepository
from needlelog.storage.sessions import SessionRepository
from needlelog.storage.soundness import Soundness
from needlelog.storage.stock import StockRepository
from needlelog.vault.key_file import Cost, read_key_file
from needlelog.vault.recovery import RecoveryKey
from needlelog.vault.sealing import DatabaseKey
from needlelog.vault.vault import Vault


def warm_up() -> None:
    """Nothing to do but having been imported: everything unlocking needs is loaded now."""


class Opener:
    """Opens the clinic of one data folder. Slow verbs: they derive keys and read files."""

    def __init__(self, folder: DataFolder, resources: Path, clock: Clock, tr: Words, cost: Cost | None = None) -> None:
        self._folder = folder
        self._resources = resources
        self._clock = clock
        self._tr = tr
        self._vault = Vault(folder.keys, folder.tries, clock, cost)

    def set_up(
        self, clinic: Clinic, *, practitioner: str, credentials: str, passphrase: str, recovery: RecoveryKey
    ) -> Desk:
        """A new clinic. Until all of it stands the folder counts as new, so a crash half-way costs nothing.

        The keys come last: from the moment they stand, nothing in this folder is ever made anew.
        """
        me = Practitioner(id=uuid4(), name=practitioner, credentials=credentials, added_at=self._clock.now())
        key = DatabaseKey.new()
        if classify(self._folder.root) is not FolderKind.NEW:
            raise Fault(FaultCode.DATA_FOLDER_FOREIGN, path=self._folder.root)
        write_whole(self._folder.unfinished, b"")
        for leftover in self._folder.made_at_set_up:
            leftover.unlink(missing_ok=True)
        database = Database.create(self._folder.database, key.raw)
        try:
            ClinicRepository(database, self._clock).save(clinic)
            PractitionerRepository(database, self._clock).add(me)
            desk = self._desk(database, key, me)
            desk.materials.fill(desk.knowledge)
            self._vault.create(str(me.id), me.name, passphrase, recovery, key)
            self._folder.forget_unfinished()
        except BaseException:
            database.close()
            raise
        return desk

    def unlock(self, practitioner_id: str, passphrase: str) -> Desk:
        """The open clinic for this practitioner."""
        return self._open(practitioner_id, self._vault.unlock(practitioner_id, passphrase))

    def unlock_with_recovery(self, practitioner_id: str, recovery: str, new_passphrase: str) -> Desk:
        """The open clinic, after the forgotten passphrase was replaced."""
        key = self._vault.unlock_with_recovery(RecoveryKey.parse(recovery))
        self._vault.reset_passphrase(key, practitioner_id, new_passphrase)
        return self._open(practitioner_id, key)

    def _open(self, practitioner_id: str, key: DatabaseKey) -> Desk:
        database = Database.open(self._folder.database, key.raw)
        self._folder.forget_unfinished()
        try:
            me = self._practitioner(database, practitioner_id)
        except BaseException:
            database.close()
            raise
        return self._desk(database, key, me)

    def _practitioner(self, database: Database, practitioner_id: str) -> Practitioner:
        """Whoever unlocked; by the name on the tile where their row is damaged, so that nobody is shut out by it."""
        try:
            return PractitionerRepository(database, self._clock).get(UUID(practitioner_id))
        except Fault as fault:
            holders = (one.holder for one in read_key_file(self._folder.keys).practitioners)
            holder = next((one for one in holders if one.practitioner_id == practitioner_id), None)
            if fault.code is not FaultCode.RECORD_DAMAGED or holder is None:
                raise
        return Practitioner(id=UUID(practitioner_id), name=holder.name, added_at=self._clock.now())

    def _desk(self, database: Database, key: DatabaseKey, me: Practitioner) -> Desk:
        clock, tr = self._clock, self._tr
        kept = LastGood(self._folder.reference, key.sealer("reference"))
        shipped, trouble = kept.load(self._resources / "knowledge")
        if trouble is not None:
            note_bug(self._folder.logs, fault_note(trouble.fault, clock.now()))
        clients = ClientRepository(database, clock)
        clinics = ClinicRepository(database, clock)
        drafts = DraftRepository(database, clock)
        signed = SessionRepository(database, clock)
        products = ProductRepository(database, clock)
        reference = Reference(
            shipped, ClinicValueRepository(database), products, clock=clock, tr=tr, me=me, trouble=trouble
        )
        head = ChainHead(self._folder.head, key.sealer("head"), database, clock)
        database.after_seal(head.follow)
        head.follow()
        stock = StockRepository(database)
        lots = LotRepository(database)
        photos = PhotoStore(self._folder.photos, key.sealer("photos"))
        opened = OpenVault(self._vault, key)
        practice = Practice(clinics, PractitionerRepository(database, clock), me, opened, clock)
        own_texts = OwnTextsRepository(database)
        wordings = Wordings(
            own_texts,
            load_consent_texts(self._resources / "consent"),
            clinic=practice.clinic,
            knowledge=lambda: reference.knowledge,
            tr=tr,
            by=me.signature,
        )
        templates = Templates(
            own_texts,
            wordings,
            letterhead=practice.letterhead,
            products=products.for_rules,
            knowledge=lambda: reference.knowledge,
            clock=clock,
            tr=tr,
            me=me,
        )
        series = SeriesPlans(
            SeriesRepository(database),
            signed,
            knowledge=lambda: reference.knowledge,
            zone=lambda: practice.clinic().time_zone,
            clock=clock,
            tr=tr,
            me=me,
        )
        asking = FollowUpRepository(database, clock)
        follow_ups = FollowUps(
            asking,
            knowledge=lambda: reference.knowledge,
            products=products.for_rules,
            clock=clock,
            tr=tr,
            me=me,
        )
        adverse_events = AdverseEvents(
            asking, visit=signed.get, products=products.for_rules, packs=stock.packs, clock=clock, tr=tr, me=me
        )
        sessions = Sessions(
            series=series,
            unsettled=lambda client: (*follow_ups.unsettled(client), *adverse_events.unsettled(client)),
            drafts=drafts,
            signed=signed,
            clients=clients,
            products=products,
            clinic=clinics,
            stock=stock,
            wording=wordings.in_use,
            knowledge=lambda: reference.knowledge,
            clock=clock,
            tr=tr,
            me=me,
        )
        papers = PaperRepository(database, clock)
        return Desk(
            tr=tr,
            clock=clock,
            reference=reference,
            templates=templates,
            wordings=wordings,
            practice=practice,
            clients=Clients(clients, clock),
            sessions=sessions,
            history=History(signed, lots),
            series=series,
            follow_ups=follow_ups,
            adverse_events=adverse_events,
            materials=Materials(products, clock),
            stock=Stock(
                stock, products, lots, clients, signed, zone=lambda: practice.clinic().time_zone, clock=clock, me=me
            ),
            papers=Papers(
                papers,
                drafts,
                first_seal=signed.first_seal,
                clinic=practice.letterhead,
                products=products.for_rules,
                knowledge=lambda: reference.knowledge,
                wordings=wordings,
                clock=clock,
                tr=tr,
                me=me,
            ),
            pictures=Pictures(photos, clock),
            prints=Prints(signed, papers, tr),
            proof=Proof(signed, Soundness(database), photos, head, tr=tr, me=me),
            close=database.close,
        )
