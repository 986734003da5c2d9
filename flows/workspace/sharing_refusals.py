"""Why Google does not let an address in, as sentences for whoever wrote the address (Drive's reasons, error bodies)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping


class NotShared(Refused):
    """Google does not let this address in: another address or another setting is needed, a repetition changes nothing."""


NO_ACCOUNT = (
    "у этого адреса нет аккаунта Google, или адрес написан с ошибкой. Проверьте адрес; аккаунт заводится и на "
    "школьную почту: accounts.google.com, «Использовать существующий адрес»."
)
OUTSIDE = (
    "правила вашей организации в Google не дают открывать файлы людям не из неё. Впишите адрес из домена "
    "организации или попросите администратора Google разрешить доступ извне."
)
ONLY_MEMBERS = (
    "на этом общем диске файлы открывают только его участникам. Добавьте адрес в участники общего диска "
    "или попросите администратора снять это ограничение."
)
LICENCE = "аккаунту с этим адресом нельзя дать такую роль по его лицензии. Впишите другой адрес или спросите администратора Google."
TOO_MANY = "Google просит не открывать доступ так часто. Доступ откроется при следующем запуске, делать ничего не надо."
NOT_OURS = (
    "учётная запись программы не может открывать доступ к этой папке. Дайте ей на общем диске роль «Контент-менеджер» "
    "или откройте папку этому адресу сами."
)
NOT_SHARED: Mapping[str, tuple[type[Exception], str]] = {
    "invalidSharingRequest": (NotShared, NO_ACCOUNT),
    "cannotInviteNonGoogleUser": (NotShared, NO_ACCOUNT),
    "cannotShareTeamDriveWithNonGoogleAccounts": (NotShared, NO_ACCOUNT),
    "publishOutNotPermitted": (NotShared, OUTSIDE),
    "shareOutNotPermitted": (NotShared, OUTSIDE),
    "shareOutNotPermittedToUser": (NotShared, OUTSIDE),
    "shareInNotPermitted": (NotShared, OUTSIDE),
    "domainPolicy": (NotShared, OUTSIDE),
    "teamDriveDomainUsersOnlyRestriction": (NotShared, OUTSIDE),
    "sharedDriveDomainUsersOnlyRestriction": (NotShared, OUTSIDE),
    "teamDriveTeamMembersOnlyRestriction": (NotShared, ONLY_MEMBERS),
    "sharedDriveTeamMembersOnlyRestriction": (NotShared, ONLY_MEMBERS),
    "targetUserRoleLimitedByLicenseRestriction": (NotShared, LICENCE),
    "teamDrivesFolderSharingNotSupported": (NotShared, NOT_OURS),
    "cannotModifyInheritedPermission": (NotShared, NOT_OURS),
    "insufficientAdministratorPrivileges": (NotShared, NOT_OURS),
}
